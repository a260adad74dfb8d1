package dev.hyperflow.models.internal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalInt;

/**
 * The feature dimension a bundle takes: one, or any. In JSON an integer or {@code "any"}.
 *
 * @param fixed the one dimension, 1 to {@value #MAX}; empty for any
 */
public record FeatureDimension(OptionalInt fixed) {

  static final int MAX = 65_536;

  private static final String ANY = "any";

  public FeatureDimension {
    fixed.ifPresent(d -> Check.range("featureDimension", 1, MAX, d));
  }

  /** Takes features of any length. */
  public static FeatureDimension any() {
    return new FeatureDimension(OptionalInt.empty());
  }

  /** Takes features of one length only. */
  public static FeatureDimension of(int dimension) {
    return new FeatureDimension(OptionalInt.of(dimension));
  }

  /** Whether features of that length are taken. */
  public boolean accepts(int dimension) {
    return fixed.isEmpty() || fixed.getAsInt() == dimension;
  }

  @JsonCreator
  static FeatureDimension fromJson(Object value) {
    if (ANY.equals(value)) {
      return any();
    }
    Check.check(value instanceof Integer, "featureDimension", "an integer or \"any\"", value);
    return of((Integer) value);
  }

  @JsonValue
  Object toJson() {
    return fixed.isPresent() ? fixed.getAsInt() : ANY;
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
