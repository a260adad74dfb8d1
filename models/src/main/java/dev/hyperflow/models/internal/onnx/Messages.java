package dev.hyperflow.models.internal.onnx;

/** Makes errors, native ones above all, fit into one line of a message. */
public final class Messages {

  private static final int MAX_CHARACTERS = 2000;

  private Messages() {}

  /**
   * The message of an error; without one that of its cause, and without any the name of its class.
   */
  public static String oneLine(Throwable error) {
    Throwable speaker =
        error.getMessage() == null && error.getCause() != null ? error.getCause() : error;
    return oneLine(speaker.getMessage() == null ? speaker.toString() : speaker.getMessage());
  }

  /** A text with single spaces for white space and control characters, cut if it is very long. */
  public static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cc}]+", " ").strip();
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
  }
}
