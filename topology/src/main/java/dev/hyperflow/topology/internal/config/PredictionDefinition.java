package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.score.ScoreSettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the content of a prediction. */
final class PredictionDefinition {
  private static final String TOP_K = "prediction.top-k";
  private static final String ABSTAIN_BELOW = "prediction.abstain-below";
  private static final String NONE_BELOW = "prediction.none-below";

  private PredictionDefinition() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            TOP_K,
            Type.INT,
            3,
            between(1, 200),
            Importance.MEDIUM,
            "Maximum number of labels in a prediction.")
        .define(
            ABSTAIN_BELOW,
            Type.DOUBLE,
            0.0,
            between(0.0, 1.0),
            Importance.MEDIUM,
            "A prediction with a confidence below this value is marked as abstained. 0: never.")
        .define(
            NONE_BELOW,
            Type.DOUBLE,
            0.0,
            between(0.0, 1.0),
            Importance.MEDIUM,
            "A prediction whose scope is below this value gets the status NONE_OF_THESE and is marked"
                + " as abstained. Scope is the probability that the text belongs to one of the"
                + " labels. Bundles without a scope score never give this status. 0: never.");
  }

  static ScoreSettings read(ParsedSettings parsed) {
    return new ScoreSettings(
        parsed.getInt(TOP_K), parsed.getFloat(ABSTAIN_BELOW), parsed.getFloat(NONE_BELOW));
  }
}
