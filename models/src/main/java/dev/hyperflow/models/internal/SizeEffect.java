package dev.hyperflow.models.internal;

import static dev.hyperflow.models.internal.Check.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The size of a task in the divisor of its logits. With K examples a label, N labels and {@code
 * temperature} T, the divisor is T · exp(scarcity ÷ K + labels · ln N ÷ √K).
 *
 * @param scarcity −10 to 10
 * @param labels −10 to 10
 */
public record SizeEffect(
    @JsonProperty(required = true) double scarcity, @JsonProperty(required = true) double labels) {

  /** The same divisor for tasks of every size. */
  public static final SizeEffect NONE = new SizeEffect(0, 0);

  private static final double MAX = 10;

  public SizeEffect {
    bounded("scarcity", scarcity);
    bounded("labels", labels);
  }

  private static void bounded(String field, double value) {
    check(Math.abs(value) <= MAX, "calibration.size." + field, "-10 to 10", value);
  }
}
