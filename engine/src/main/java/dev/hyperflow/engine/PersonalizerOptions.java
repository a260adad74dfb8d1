package dev.hyperflow.engine;

import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.QuerySettings;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TextPolicy;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** How a {@link Personalizer} remembers and answers. Immutable. */
public final class PersonalizerOptions {
  private static final int ID_LENGTH = 512;
  private static final int LABEL_LENGTH = 256;
  private static final int TEXT_LENGTH = 10_000;
  private static final int FEATURE_DIMENSION = 65_536;
  private static final float MAX_WEIGHT = 100;

  /** Which examples of a label stay when there are more than fit. */
  public enum Policy {
    /** Those that arrived last. */
    NEWEST,
    /** A uniform sample of all, which does not depend on the order of arrival. */
    RESERVOIR
  }

  /** How exactly features are kept. */
  public enum Precision {
    /** Four bytes a feature, exact. */
    FLOAT32,
    /** Two bytes a feature, rounded to IEEE 754 binary16. */
    FLOAT16,
    /** One byte a feature, rounded to 1/254 of the largest one of the vector. */
    INT8
  }

  private static final float MAX_DESCRIPTION_WEIGHT = 10;
  private static final Duration MIN_WINDOW = Duration.ofMillis(1);
  private static final Duration MAX_WINDOW = Duration.ofDays(36_500);
  private static final Duration MIN_HALF_LIFE = Duration.ofMillis(1);
  private static final Duration MAX_HALF_LIFE = Duration.ofMillis(Fading.MAX_HALF_LIFE_MILLIS);

  private final EngineSettings settings;
  private final boolean encoder;
  private final InstantSource clock;

  private PersonalizerOptions(Builder from) {
    if (!(from.descriptionWeight > 0 && from.descriptionWeight <= MAX_DESCRIPTION_WEIGHT)) {
      throw new IllegalArgumentException(
          "descriptionWeight: expected above 0 and at most %s, found %s"
              .formatted(MAX_DESCRIPTION_WEIGHT, from.descriptionWeight));
    }
    Duration window = from.feedbackWindow;
    boolean isOff = window.isZero();
    if (!isOff && (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0)) {
      throw new IllegalArgumentException(
          "feedbackWindow: expected zero, or 1 millisecond to %d days, found %s"
              .formatted(MAX_WINDOW.toDays(), window));
    }
    this.settings =
        new EngineSettings(
            new Limits(ID_LENGTH, LABEL_LENGTH, TEXT_LENGTH, FEATURE_DIMENSION, MAX_WEIGHT),
            new MemorySettings(
                from.labelsPerTenant,
                from.examplesPerLabel,
                from.examplesPerTenant,
                RingPolicy.valueOf(from.policy.name()),
                FeaturePrecision.valueOf(from.precision.name()),
                from.descriptionWeight,
                from.keepTexts ? TextPolicy.KEEP : TextPolicy.NONE,
                fading(from.halfLife)),
            new QuerySettings(Consistency.FRESH, 0, from.feedbackWindow.toMillis(), 1),
            new ScoreSettings(from.topK, from.abstainBelow, from.noneBelow),
            QualitySettings.defaults(),
            Integer.MAX_VALUE);
    this.encoder = from.encoder;
    this.clock = from.clock;
  }

  private static Fading fading(Duration halfLife) {
    boolean isTooShort = halfLife.compareTo(MIN_HALF_LIFE) < 0;
    if (!halfLife.isZero() && (isTooShort || halfLife.compareTo(MAX_HALF_LIFE) > 0)) {
      throw new IllegalArgumentException(
          "halfLife: expected zero, or 1 millisecond to %d days, found %s"
              .formatted(MAX_HALF_LIFE.toDays(), halfLife));
    }
    return new Fading(halfLife.toMillis());
  }

  /** The defaults that {@link Builder} names. */
  public static PersonalizerOptions defaults() {
    return builder().build();
  }

  /** Options to be changed, starting from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  EngineSettings settings() {
    return settings;
  }

  boolean encoder() {
    return encoder;
  }

  InstantSource clock() {
    return clock;
  }

  /** Collects options. For one thread. */
  public static final class Builder {
    private int labelsPerTenant = 150;
    private int examplesPerLabel = MemorySettings.MAX_EXAMPLES_PER_LABEL;
    private int examplesPerTenant = MemorySettings.DEFAULT_EXAMPLES_PER_TENANT;
    private Policy policy = Policy.NEWEST;
    private Precision precision = Precision.FLOAT16;
    private float descriptionWeight = 1;
    private boolean keepTexts = true;
    private Duration halfLife = Duration.ZERO;
    private int topK = 3;
    private float abstainBelow;
    private float noneBelow;
    private Duration feedbackWindow = Duration.ZERO;
    private boolean encoder = true;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /** Maximum number of labels, 1 to 1024, as far as the bundle takes so many; 150 unless set. */
    public Builder labelsPerTenant(int labels) {
      labelsPerTenant = labels;
      return this;
    }

    /** Maximum number of examples of a label, 1 to 65536; the budget of the tenant unless set. */
    public Builder examplesPerLabel(int examples) {
      examplesPerLabel = examples;
      return this;
    }

    /**
     * The budget of a tenant: maximum number of examples, as far as the bundle takes so many; 1024
     * unless set. Beyond it, the label with the most examples makes room.
     */
    public Builder examplesPerTenant(int examples) {
      examplesPerTenant = examples;
      return this;
    }

    /** Which examples of a full label stay; the newest unless set. */
    public Builder policy(Policy newPolicy) {
      policy = Objects.requireNonNull(newPolicy, "policy");
      return this;
    }

    /** How exactly features are kept; in two bytes each unless set. */
    public Builder precision(Precision newPrecision) {
      precision = Objects.requireNonNull(newPrecision, "precision");
      return this;
    }

    /** Weight of a label's description, above 0, at most 10; it multiplies the example's. */
    public Builder descriptionWeight(float weight) {
      descriptionWeight = weight;
      return this;
    }

    /**
     * Whether the texts of examples are kept beside their features, in memory and in saved files;
     * true unless set. Another encoder can only encode texts that were kept.
     */
    public Builder keepTexts(boolean keep) {
      keepTexts = keep;
      return this;
    }

    /**
     * The age at which an example's weight is halved: 1 millisecond to 36500 days, or zero, which
     * is never. Zero unless set. The age is the event time from the example to the tenant's newest
     * one. At least a thousandth of the weight stays.
     */
    public Builder halfLife(Duration age) {
      halfLife = Objects.requireNonNull(age, "age");
      return this;
    }

    /** Maximum number of labels in an answer, at least 1; 3 unless set. */
    public Builder topK(int labels) {
      topK = labels;
      return this;
    }

    /** An answer whose best probability is below this abstains; 0 to 1, 0 (never) unless set. */
    public Builder abstainBelow(float probability) {
      abstainBelow = probability;
      return this;
    }

    /**
     * An answer whose {@linkplain Answer#scope() scope} is below this is {@link
     * Answer.Status#NONE_OF_THESE}; 0 to 1, 0 (never) unless set. A bundle without a scope score
     * never answers so.
     */
    public Builder noneBelow(float probability) {
      noneBelow = probability;
      return this;
    }

    /**
     * How long after a query its true label is taken as feedback: 1 millisecond to 36500 days, or
     * zero, which is never. Zero unless set. Queries of that time stay in memory.
     */
    public Builder feedbackWindow(Duration window) {
      feedbackWindow = Objects.requireNonNull(window, "window");
      return this;
    }

    /**
     * Whether to load the bundle's encoder; true unless set. Without it texts are refused, and a
     * process saves about 200 MB.
     */
    public Builder encoder(boolean load) {
      encoder = load;
      return this;
    }

    /**
     * Tells the event time of every call; the system's clock unless set. Expiry and the feedback
     * window follow it. A tenant's time never runs backwards.
     */
    public Builder clock(InstantSource newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public PersonalizerOptions build() {
      return new PersonalizerOptions(this);
    }
  }
}
