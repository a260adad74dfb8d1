package dev.hyperflow.training.train;

import dev.hyperflow.training.network.NetworkLayout;
import dev.hyperflow.training.network.Parameters;
import java.util.Locale;
import java.util.function.IntPredicate;

/** What training optimises. */
enum Objective {
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

  /** As users write it: {@code end-to-end}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
