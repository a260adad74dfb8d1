package dev.hyperflow.schemas.internal.registry;

import org.apache.kafka.common.KafkaException;

/**
 * The registry refused a request, or none could be reached. Carries what recovery needs.
 *
 * <p>Deliberately no {@link org.apache.kafka.common.errors.SerializationException}: that one means
 * <em>the record is bad</em> and leads to the dead-letter topic, this one means <em>the registry is
 * unavailable or misconfigured</em>. Whoever catches it must stop or retry and must not dead-letter
 * the record, or an outage of the registry would empty the topic into dead letters.
 *
 * <p>The message names the URL that was asked, never credentials.
 */
public final class RegistryException extends KafkaException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int errorCode;
  private final String url;
  private final String reason;
  private final boolean retryable;

  private RegistryException(
      int status, int errorCode, String url, String reason, boolean retryable, Throwable cause) {
    super(
        status == 0
            ? "%s: %s".formatted(url, reason)
            : "%s answered %d, error code %d: %s".formatted(url, status, errorCode, reason),
        cause);
    this.status = status;
    this.errorCode = errorCode;
    this.url = url;
    this.reason = reason;
    this.retryable = retryable;
  }

  /** A refusal by the registry at {@code url}. */
  public static RegistryException refused(String url, RegistryError error, String reason) {
    return answered(url, error.status(), error.code(), reason);
  }

  /** The registry at {@code url} could not make a change durable. */
  static RegistryException notSaved(String url, Throwable cause) {
    RegistryError error = RegistryError.STORE_FAILED;
    String reason = "The registry could not save the change: " + cause.getMessage();
    return new RegistryException(error.status(), error.code(), url, reason, true, cause);
  }

  /** An answer that is not a success; 5xx, 429 and 408 are worth another try. */
  static RegistryException answered(String url, int status, int errorCode, String reason) {
    return new RegistryException(status, errorCode, url, reason, retryableStatus(status), null);
  }

  /** No answer at all from {@code url}, which may list several. */
  static RegistryException unreachable(String url, String reason, Throwable cause) {
    return new RegistryException(0, 0, url, reason, true, cause);
  }

  /** An answer that cannot be understood: probably not a schema registry. */
  static RegistryException notUnderstood(String url, int status, String reason, Throwable cause) {
    return new RegistryException(status, status, url, reason, false, cause);
  }

  static boolean retryableStatus(int status) {
    return status >= 500 || status == 429 || status == 408;
  }

  /** Returns the HTTP status; 0 when there was no answer. */
  public int status() {
    return status;
  }

  /**
   * Returns Confluent's {@code error_code}; the HTTP status if the body had none, 0 if no answer.
   */
  public int errorCode() {
    return errorCode;
  }

  /** Returns method and URL that were tried, or the URLs, without credentials. */
  public String url() {
    return url;
  }

  /** Returns what the registry said, without the URL. */
  public String reason() {
    return reason;
  }

  /** Returns whether the same request can succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns whether what was asked for is not known, which a replica that lags says, too. */
  boolean isMissing() {
    return status == RegistryError.SCHEMA_NOT_FOUND.status();
  }

  /** Returns whether this is the given refusal. */
  public boolean is(RegistryError error) {
    return errorCode == error.code();
  }
}
