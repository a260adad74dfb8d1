package dev.hyperflow.engine.internal.texts;

/** A data file cannot be used. The message is one line naming the file and, if any, the line. */
public final class DataFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A line breaks a rule; the message names the file and the line. */
  public DataFormatException(String message) {
    super(message);
  }

  /** The data cannot be read; the message names the file. */
  public DataFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
