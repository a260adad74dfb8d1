package dev.hyperflow.engine.internal.event;

/** Why a record was refused. The names are written to dead letters: a public contract. */
public enum Reason {
  /** The key is null or empty; it must hold the tenant. */
  NULL_KEY,
  /** The key is not valid UTF-8. */
  UNDECODABLE_KEY,
  /** The value is not a record of the expected schema in the registry's wire format. */
  UNDECODABLE,
  /** The value is null where a record is needed. */
  NULL_VALUE,
  /** A field that the operation needs is absent or empty. */
  MISSING_FIELD,
  /** The operation is not known to this version's schema. */
  UNKNOWN_OPERATION,
  /** The operation is not served as the application is configured. */
  UNSUPPORTED_OPERATION,
  /** A tenant, event or query id is longer than the limit. */
  ID_TOO_LONG,
  /** A label is longer than the limit. */
  LABEL_TOO_LONG,
  /** The text is empty or blank. */
  EMPTY_TEXT,
  /** The text is longer than the limit. */
  TEXT_TOO_LONG,
  /** The payload holds no features, or packed bytes that are no whole number of values. */
  MALFORMED_FEATURES,
  /** A feature is NaN or infinite. */
  NON_FINITE_FEATURES,
  /** A feature is too large to compute with. */
  FEATURE_OUT_OF_RANGE,
  /** The number of features is not what the bundle or the tenant's memory works with. */
  WRONG_DIMENSION,
  /** The example's weight is not within its limits. */
  WEIGHT_OUT_OF_RANGE,
  /** The time at which the example is to expire is not a time after the epoch. */
  EXPIRY_OUT_OF_RANGE,
  /** A tenant's setting is not within its range. */
  SETTING_OUT_OF_RANGE,
  /** The tenant's examples were encoded by another encoder than the bundle's. */
  WRONG_FEATURE_SPACE,
  /** The tenant holds as many labels as the limit allows. */
  TOO_MANY_LABELS,
  /** The new name of a label is that of another label of the tenant. */
  LABEL_EXISTS,
  /** The payload is a text and the bundle has no encoder. */
  NO_ENCODER,
  /** The encoder failed on this text. */
  ENCODE_FAILED,
  /** The tenant's head could not be integrated. */
  INTEGRATION_FAILED,
  /** The query's features and the head are so large that their products overflow. */
  SCORE_NOT_FINITE
}
