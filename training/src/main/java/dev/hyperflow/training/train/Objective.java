package dev.hyperflow.training.train;

import dev.hyperflow.training.network.NetworkLayout;
import dev.hyperflow.training.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** What training optimises. */
public enum Objective {
  /** Cross-entropy and expected error of the queries, through the whole Euler loop. */
  END_TO_END,
  /**
   * Cross-entropy of the queries by the sharpness of the answers alone: changes how sure they are,
   * and hardly which.
   */
  CALIBRATE,
  /** The drift along a straight line from the first head of a fine-tuning to its last. */
  IMITATE_LINEAR,
  /** The drift along straight lines between the heads that fine-tuning passed through. */
  IMITATE_PIECEWISE,
  /** The drift along a smooth curve through the heads that fine-tuning passed through. */
  IMITATE_CUBIC;

  /** Which parameters it moves. */
  IntPredicate moves(Parameters parameters) {
    return this == CALIBRATE
        ? NetworkLayout.sharpness(parameters)
        : NetworkLayout.correction(parameters).negate();
  }

  /** Whether it follows fine-tuned heads, and does not look at the answers to queries. */
  boolean imitates() {
    return this != END_TO_END && this != CALIBRATE;
  }

  /** As it is written on the command line: {@code end-to-end}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads objectives that follow each other.
   *
   * @param text codes, separated by commas
   * @throws IllegalArgumentException if one of them is unknown
   */
  public static List<Objective> parseAll(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(Objective::parse).toList();
  }

  private static Objective parse(String code) {
    return Arrays.stream(values())
        .filter(objective -> objective.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "objective: expected some of %s, separated by commas, found '%s'"
                        .formatted(Arrays.stream(values()).map(Objective::code).toList(), code)));
  }
}
