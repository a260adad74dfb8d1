package dev.hyperflow.models.internal;

/** Checks of configuration values; every message is "field: expected …, found …". */
public final class Check {

  private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9._-]*";
  private static final String RELATIVE_PATH = SEGMENT + "(/" + SEGMENT + ")*";

  private Check() {}

  /** Refuses a value unless the condition holds, with an {@link IllegalArgumentException}. */
  public static void check(boolean ok, String field, String expected, Object found) {
    if (!ok) {
      throw new IllegalArgumentException(
          "%s: expected %s, found %s".formatted(field, expected, found));
    }
  }

  static void present(String field, Object value) {
    check(value != null, field, "a value", "none");
  }

  static void text(String field, String value) {
    check(value != null && !value.isBlank(), field, "a text", value);
  }

  /** Whether no value is infinite or not a number. */
  public static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Checks that a value is one of {@code min} to {@code max}. */
  public static void range(String field, int min, int max, int value) {
    check(value >= min && value <= max, field, min + " to " + max, value);
  }

  static void matches(String field, String pattern, String value) {
    check(value != null && value.matches(pattern), field, "a match of " + pattern, value);
  }

  static void sha256(String field, String value) {
    check(
        value != null && value.matches("[0-9a-f]{64}"),
        field,
        "64 lower-case hex digits of a SHA-256",
        value);
  }

  /** A path that cannot leave the place it is resolved against, whatever the file system. */
  public static void relativePath(String field, String value) {
    check(
        value != null && value.matches(RELATIVE_PATH) && !value.contains(".."),
        field,
        "a relative path below the bundle",
        value);
  }

  /** A relative path, or a class path resource. */
  static void location(String field, String value) {
    present(field, value);
    String prefix = Manifest.EncoderReference.CLASSPATH;
    relativePath(field, value.startsWith(prefix) ? value.substring(prefix.length()) : value);
  }
}
