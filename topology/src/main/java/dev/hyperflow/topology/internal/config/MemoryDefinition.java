package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TextPolicy;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of a tenant's memory: how much of it stays, and how it is stored. */
final class MemoryDefinition {
  private static final String LABELS_PER_TENANT = "memory.labels-per-tenant";
  private static final String EXAMPLES_PER_LABEL = "memory.examples-per-label";
  private static final String EXAMPLES_PER_TENANT = "memory.examples-per-tenant";
  private static final String POLICY = "memory.policy";
  private static final String PRECISION = "memory.precision";
  private static final String TEXTS = "memory.texts";
  private static final String DESCRIPTION_WEIGHT = "memory.description-weight";

  private static final String HALF_LIFE_MS = "memory.half-life-ms";

  private MemoryDefinition() {}

  static void define(SettingList settings) {
    settings
        .integer(
            LABELS_PER_TENANT,
            150,
            between(1, MemorySettings.MAX_LABELS_PER_TENANT),
            "Maximum number of labels per tenant, as far as the bundle takes so many. An example of"
                + " a label beyond the limit goes to the dead letters.")
        .integer(
            EXAMPLES_PER_LABEL,
            MemorySettings.MAX_EXAMPLES_PER_LABEL,
            between(1, MemorySettings.MAX_EXAMPLES_PER_LABEL),
            "Maximum number of examples per label. The default is no limit but the tenant's. A"
                + " tenant's own settings override it.")
        .integer(
            EXAMPLES_PER_TENANT,
            MemorySettings.DEFAULT_EXAMPLES_PER_TENANT,
            between(1, 65_536),
            "Budget of examples per tenant, as far as the bundle takes so many. Labels share it:"
                + " beyond the budget, the label with the most examples makes room.")
        .text(
            POLICY,
            "newest",
            ValidString.in("newest", "reservoir"),
            "Which examples a label keeps when it makes room. newest: the newest. reservoir: a uniform sample"
                + " that does not depend on the order of arrival.")
        .text(
            PRECISION,
            "float16",
            ValidString.in("float32", "float16", "int8"),
            "How the memory stores the features of examples: 4, 2 or 1 bytes each."
                + " docs/evaluation.md says what that costs in accuracy. A change affects new"
                + " examples only.")
        .text(
            TEXTS,
            "keep",
            ValidString.in("keep", "none"),
            "Whether the memory keeps the texts of examples and remembered queries beside their"
                + " features. keep: another encoder can encode them later. none: it does not. A"
                + " change affects new examples only.")
        .real(
            DESCRIPTION_WEIGHT,
            1.0,
            between(0.001, 1.0),
            "Weight of a label's description compared with examples of weight 1. It multiplies"
                + " the weight of the description's event.")
        .longInteger(
            HALF_LIFE_MS,
            0L,
            between(0, Fading.MAX_HALF_LIFE_MILLIS),
            "Age at which an example's weight is halved, for tenants whose labels change their"
                + " meaning. The age is the event time from the example to the tenant's newest one."
                + " At least a thousandth of the weight stays. 0: weights do not fade.");
  }

  static MemorySettings read(ParsedSettings parsed) {
    return new MemorySettings(
        parsed.getInt(LABELS_PER_TENANT),
        parsed.getInt(EXAMPLES_PER_LABEL),
        parsed.getInt(EXAMPLES_PER_TENANT),
        parsed.getEnum(RingPolicy.class, POLICY),
        parsed.getEnum(FeaturePrecision.class, PRECISION),
        parsed.getFloat(DESCRIPTION_WEIGHT),
        parsed.getEnum(TextPolicy.class, TEXTS),
        new Fading(parsed.getLong(HALF_LIFE_MS)));
  }
}
