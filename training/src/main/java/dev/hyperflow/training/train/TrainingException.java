package dev.hyperflow.training.train;

/** Training cannot go on; the message is one line that says what was expected and found. */
final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }

  TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
