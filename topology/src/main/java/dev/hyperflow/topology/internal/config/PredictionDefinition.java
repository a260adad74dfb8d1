package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.score.ScoreSettings;

/** The settings of the content of a prediction. */
final class PredictionDefinition {
  private static final String TOP_K = "prediction.top-k";
  private static final String ABSTAIN_BELOW = "prediction.abstain-below";
  private static final String NONE_BELOW = "prediction.none-below";

  private PredictionDefinition() {}

  static void define(SettingList settings) {
    settings
        .integer(TOP_K, 3, between(1, 200), "Maximum number of labels in a prediction.")
        .real(
            ABSTAIN_BELOW,
            0.0,
            between(0.0, 1.0),
            "A prediction with a confidence below this value is marked as abstained. 0: never.")
        .real(
            NONE_BELOW,
            0.0,
            between(0.0, 1.0),
            "A prediction whose scope is below this value gets the status NONE_OF_THESE and is marked"
                + " as abstained. Scope is the probability that the text belongs to one of the"
                + " labels. Bundles without a scope score never give this status. 0: never.");
  }

  static ScoreSettings read(ParsedSettings parsed) {
    return new ScoreSettings(
        parsed.getInt(TOP_K), parsed.getFloat(ABSTAIN_BELOW), parsed.getFloat(NONE_BELOW));
  }
}
