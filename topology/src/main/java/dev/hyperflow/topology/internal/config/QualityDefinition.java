package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.quality.QualitySettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of a tenant's live quality and of its drift detector. */
final class QualityDefinition {
  private static final String FADING = "quality.fading";
  private static final String REPORT_EVERY = "quality.report-every";
  private static final String DRIFT_DELTA = "quality.drift-delta";
  private static final String DRIFT_LAMBDA = "quality.drift-lambda";
  private static final String DRIFT_OBSERVATIONS = "quality.drift-observations";

  private QualityDefinition() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            FADING,
            Type.DOUBLE,
            0.99,
            between(0.5, 1.0),
            Importance.LOW,
            "Fading factor of the prequential accuracy: each new observation multiplies the"
                + " weight of the older ones by it. 0.99 looks back on about 100 observations.")
        .define(
            REPORT_EVERY,
            Type.INT,
            10,
            between(1, 1_000_000),
            Importance.LOW,
            "Number of observations between two reports of a tenant's live quality. A drift is"
                + " always reported.")
        .define(
            DRIFT_DELTA,
            Type.DOUBLE,
            0.05,
            between(0.0, 1.0),
            Importance.LOW,
            "Page-Hinkley drift detector: the tolerated rise of the error rate.")
        .define(
            DRIFT_LAMBDA,
            Type.DOUBLE,
            15.0,
            between(0.1, 10_000.0),
            Importance.LOW,
            "Page-Hinkley drift detector: the alarm threshold. A higher threshold gives later"
                + " alarms and fewer false ones.")
        .define(
            DRIFT_OBSERVATIONS,
            Type.INT,
            30,
            between(1, 1_000_000),
            Importance.LOW,
            "Page-Hinkley drift detector: number of observations before the first alarm.");
  }

  static QualitySettings read(ParsedSettings parsed) {
    return new QualitySettings(
        parsed.getDouble(FADING),
        parsed.getDouble(DRIFT_DELTA),
        parsed.getDouble(DRIFT_LAMBDA),
        parsed.getInt(DRIFT_OBSERVATIONS));
  }

  /** Reads the number of observations between two reports. */
  static int reportEvery(ParsedSettings parsed) {
    return parsed.getInt(REPORT_EVERY);
  }
}
