package dev.hyperflow.engine.internal.texts;

/** A data file cannot be used. The message is one line naming the file and, if any, the line. */
public final class DataFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Of data that break a rule. */
  public DataFormatException(String message) {
    super(message);
  }

  /** Of data that cannot be read. */
  public DataFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
