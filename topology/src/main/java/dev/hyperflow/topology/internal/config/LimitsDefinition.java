package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.engine.internal.validate.LongTexts;
import dev.hyperflow.models.internal.SupportSet;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings that bound what one event may carry. */
final class LimitsDefinition {
  private static final String ID_LENGTH = "limits.id-length";
  private static final String LABEL_LENGTH = "limits.label-length";
  private static final String TEXT_LENGTH = "limits.text-length";
  private static final String TEXT_POLICY = "limits.text-policy";
  private static final String FEATURE_DIMENSION = "limits.feature-dimension";
  private static final String MAX_WEIGHT = "limits.max-weight";

  private LimitsDefinition() {}

  static void define(SettingList settings) {
    settings
        .integer(
            ID_LENGTH,
            256,
            between(1, 4_096),
            "Maximum length of a tenant, event or query id, characters.")
        .integer(LABEL_LENGTH, 256, between(1, 1_024), "Maximum length of a label, characters.")
        .integer(
            TEXT_LENGTH,
            10_000,
            between(1, 1_000_000),
            "Maximum length of a text, characters. The shipped encoder reads the first 256"
                + " tokens.")
        .text(
            TEXT_POLICY,
            "refuse",
            ValidString.in("refuse", "keep-head", "keep-tail"),
            "What becomes of a longer text. refuse: it goes to the dead letters. keep-head,"
                + " keep-tail: its beginning or its end is read. The prediction then has the header"
                + " hyperflow-truncated. To classify mails by their end, use keep-tail with a"
                + " limits.text-length of about 1000.")
        .integer(
            FEATURE_DIMENSION,
            4_096,
            between(1, 65_536),
            "Maximum number of features in a payload. A bundle may require an exact number.")
        .real(
            MAX_WEIGHT,
            100.0,
            between(0.001, SupportSet.MAX_WEIGHT),
            "Maximum weight of an example.");
  }

  static Limits read(ParsedSettings parsed) {
    return new Limits(
        parsed.getInt(ID_LENGTH),
        parsed.getInt(LABEL_LENGTH),
        parsed.getInt(TEXT_LENGTH),
        parsed.getInt(FEATURE_DIMENSION),
        parsed.getFloat(MAX_WEIGHT),
        parsed.getEnum(LongTexts.class, TEXT_POLICY));
  }
}
