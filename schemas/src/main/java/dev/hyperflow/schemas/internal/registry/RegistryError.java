package dev.hyperflow.schemas.internal.registry;

/** The refusals of Confluent's REST API that this product knows, with their codes. */
public enum RegistryError {
  /** The subject has no versions. */
  SUBJECT_NOT_FOUND(404, 40401),
  /** The subject has no such version. */
  VERSION_NOT_FOUND(404, 40402),
  /** No such id, or the subject does not hold this schema. */
  SCHEMA_NOT_FOUND(404, 40403),
  /** A subject must be deleted before it can be deleted for good. */
  SUBJECT_NOT_DELETED(404, 40405),
  /** The subject has no compatibility level of its own. */
  COMPATIBILITY_NOT_CONFIGURED(404, 40408),
  /** The schema breaks the subject's compatibility level. */
  INCOMPATIBLE(409, 409),
  /** The text is not an Avro schema. */
  INVALID_SCHEMA(422, 42201),
  /** The version is neither a positive number nor {@code latest}. */
  INVALID_VERSION(422, 42202),
  /** No such compatibility level. */
  INVALID_COMPATIBILITY(422, 42203),
  /** The registry could not make the change durable. */
  STORE_FAILED(500, 50001);

  private final int status;
  private final int code;

  RegistryError(int status, int code) {
    this.status = status;
    this.code = code;
  }

  /** Returns the HTTP status that goes with the code. */
  public int status() {
    return status;
  }

  /** Returns Confluent's {@code error_code}. */
  public int code() {
    return code;
  }
}
