package dev.hyperflow.server.http;

/** Why a request was refused. The names are a public contract. */
public enum ErrorCode {
  /** The request cannot be read: its path, a parameter, or its JSON. */
  MALFORMED(400),
  /** A field has a value that is not accepted. */
  INVALID(400),
  /** A token is needed, and none that is known was given. */
  UNAUTHENTICATED(401),
  /** The token does not allow this. */
  FORBIDDEN(403),
  /** The Host header names another host than the one that listens. */
  WRONG_HOST(403),
  /** There is no such path. */
  NOT_FOUND(404),
  /** Nothing is known of the tenant. */
  UNKNOWN_TENANT(404),
  /** The path knows other methods. */
  METHOD_NOT_ALLOWED(405),
  /** The request did not arrive in time. */
  TOO_SLOW(408),
  /** The application is not set up for this. */
  NOT_CONFIGURED(409),
  /** The present state does not allow it. */
  CONFLICT(409),
  /** The body is larger than the limit. */
  TOO_LARGE(413),
  /** The body is not JSON. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** It would take more work than the limit allows. */
  TOO_MUCH_WORK(422),
  /** The model gives no result for this input. */
  NOT_COMPUTABLE(422),
  /** The application is wrong here; the log says more. */
  INTERNAL(500),
  /** Another instance did not answer. */
  UNREACHABLE(503),
  /** Tasks are being moved or restored. */
  REBALANCING(503),
  /** The application has not started yet, or is stopping. */
  STARTING(503),
  /** More requests than the limit are under way. */
  OVERLOADED(503),
  /** The brokers did not acknowledge in time. */
  NOT_ACKNOWLEDGED(503);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The HTTP status that it comes with. */
  public int status() {
    return status;
  }
}
