package dev.hyperflow.models.internal;

import java.util.function.Predicate;

/** Looks through an exception and the exceptions behind it. */
public final class Causes {
  private Causes() {}

  /** The message of the last exception behind another in one line; without one, its class. */
  public static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null || root.getMessage().isBlank()
        ? root.getClass().getSimpleName()
        : root.getMessage().replaceAll("\\s+", " ").strip();
  }

  /** Whether the exception or one behind it is of a kind. */
  public static boolean any(Throwable thrown, Predicate<Throwable> kind) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (kind.test(cause)) {
        return true;
      }
    }
    return false;
  }
}
