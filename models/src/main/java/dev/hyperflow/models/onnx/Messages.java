package dev.hyperflow.models.onnx;

/** Makes native errors fit into one line of a message. */
final class Messages {

  private static final int LONGEST = 400;

  private Messages() {}

  static String oneLine(Throwable error) {
    String text = error.getMessage() == null ? error.toString() : error.getMessage();
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
