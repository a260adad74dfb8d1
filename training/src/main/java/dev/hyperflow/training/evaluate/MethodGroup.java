package dev.hyperflow.training.evaluate;

import java.util.Locale;

/** What may be measured besides the methods that every report compares. */
enum MethodGroup {
  /** The label of the nearest example. */
  NEIGHBOUR,
  /** Gradient descent on the head. */
  GRADIENT,
  /** Logistic regression with a cross-validated penalty: most of the time of a run. */
  CROSS_VALIDATION,
  /** Bundles in other numbers of steps. */
  STEPS,
  /** No other method, so that a list can be empty. */
  NONE;

  /** As users write it: {@code cross-validation}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
