package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.quality.QualitySettings;

/** The settings of a tenant's live quality and of its drift detector. */
final class QualityDefinition {
  private static final String FADING = "quality.fading";
  private static final String REPORT_EVERY = "quality.report-every";
  private static final String DRIFT_DELTA = "quality.drift-delta";
  private static final String DRIFT_LAMBDA = "quality.drift-lambda";
  private static final String DRIFT_OBSERVATIONS = "quality.drift-observations";

  private QualityDefinition() {}

  static void define(SettingList settings) {
    settings
        .real(
            FADING,
            0.99,
            between(0.5, 1.0),
            "Fading factor of the prequential accuracy: each new observation multiplies the"
                + " weight of the older ones by it. 0.99 looks back on about 100 observations.")
        .integer(
            REPORT_EVERY,
            10,
            between(1, 1_000_000),
            "Number of observations between two reports of a tenant's live quality. A drift is"
                + " always reported.")
        .real(
            DRIFT_DELTA,
            0.05,
            between(0.0, 1.0),
            "Page-Hinkley drift detector: the tolerated rise of the error rate.")
        .real(
            DRIFT_LAMBDA,
            15.0,
            between(0.1, 10_000.0),
            "Page-Hinkley drift detector: the alarm threshold. A higher threshold gives later"
                + " alarms and fewer false ones.")
        .integer(
            DRIFT_OBSERVATIONS,
            30,
            between(1, 1_000_000),
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
