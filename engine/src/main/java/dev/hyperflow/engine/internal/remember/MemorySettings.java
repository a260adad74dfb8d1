package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.TenantSettings;

/**
 * How much is remembered of a tenant, and how.
 *
 * @param labelsPerTenant maximum number of labels, 1…1024; a new label beyond it is refused
 * @param examplesPerLabel maximum number of examples of a label, 1…65536, unless the tenant's
 *     settings say otherwise; {@code policy} decides which stay
 * @param examplesPerTenant the tenant's budget: maximum number of examples in all, at least 1;
 *     beyond it the label with the most examples makes room
 * @param policy which examples of a full label stay
 * @param precision how features are kept
 * @param descriptionWeight weight of a label's description, above 0: multiplied with that of its
 *     event
 * @param texts whether texts are kept beside features
 * @param fading how weights fade with age
 */
public record MemorySettings(
    int labelsPerTenant,
    int examplesPerLabel,
    int examplesPerTenant,
    RingPolicy policy,
    FeaturePrecision precision,
    float descriptionWeight,
    TextPolicy texts,
    Fading fading) {

  /** Maximum number of labels that a tenant can be given room for. */
  public static final int MAX_LABELS_PER_TENANT = 1_024;

  /** Maximum number of examples that a label can be given room for: no bound of its own. */
  public static final int MAX_EXAMPLES_PER_LABEL = 65_536;

  /** The budget of a tenant unless configured. */
  public static final int DEFAULT_EXAMPLES_PER_TENANT = 1_024;

  /** Settings that keep texts and weights. */
  public MemorySettings(
      int labelsPerTenant,
      int examplesPerLabel,
      int examplesPerTenant,
      RingPolicy policy,
      FeaturePrecision precision,
      float descriptionWeight) {
    this(
        labelsPerTenant,
        examplesPerLabel,
        examplesPerTenant,
        policy,
        precision,
        descriptionWeight,
        TextPolicy.KEEP,
        Fading.OFF);
  }

  public MemorySettings {
    require("labelsPerTenant", labelsPerTenant, MAX_LABELS_PER_TENANT);
    require("examplesPerLabel", examplesPerLabel, MAX_EXAMPLES_PER_LABEL);
    require("examplesPerTenant", examplesPerTenant, Integer.MAX_VALUE);
    if (!(descriptionWeight > 0)) {
      throw new IllegalArgumentException(
          "descriptionWeight: expected a value above 0, found " + descriptionWeight);
    }
  }

  /** These settings with at most {@code most} examples of a tenant, at least 1. */
  public MemorySettings within(int most) {
    return new MemorySettings(
        labelsPerTenant,
        examplesPerLabel,
        Math.min(examplesPerTenant, most),
        policy,
        precision,
        descriptionWeight,
        texts,
        fading);
  }

  /** These settings with weights that fade in another way. */
  public MemorySettings withFading(Fading newFading) {
    return new MemorySettings(
        labelsPerTenant,
        examplesPerLabel,
        examplesPerTenant,
        policy,
        precision,
        descriptionWeight,
        texts,
        newFading);
  }

  /** Maximum number of examples of a label of a tenant that has settings of its own. */
  int examplesPerLabel(TenantSettings own) {
    return own.examplesPerLabel().orElse(examplesPerLabel);
  }

  /** Maximum number of examples of a tenant without settings of its own, with descriptions. */
  public int mostExamples() {
    return Math.min(examplesPerTenant, labelsPerTenant * (examplesPerLabel + 1));
  }

  private static void require(String field, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, found %d".formatted(field, most, value));
    }
  }
}
