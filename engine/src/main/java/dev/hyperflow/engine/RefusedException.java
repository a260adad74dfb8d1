package dev.hyperflow.engine;

/**
 * A call asked for what the engine does not do. It left no trace in the memory.
 *
 * <p>The streaming application writes such an event to the dead letters. Here the caller gets the
 * same reason and the same message at once.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a call was refused. The names are those of the reasons in dead letters. */
  public enum Reason {
    /** The tenant is no valid Unicode text. */
    UNDECODABLE_KEY,
    /** An id or a label is no valid Unicode text. */
    UNDECODABLE,
    /** The tenant has spaces at its ends, or signs that are not composed (Unicode NFC). */
    KEY_NOT_NORMAL,
    /** A tenant, an id or a label has a sign that cannot be seen. */
    INVISIBLE_SIGN,
    /** A tenant, an id or a label is blank. */
    MISSING_FIELD,
    /** Feedback is off: {@link PersonalizerOptions.Builder#feedbackWindow} is zero. */
    UNSUPPORTED_OPERATION,
    /** A tenant, an event id or a query id is longer than 512 characters. */
    ID_TOO_LONG,
    /** A label is longer than 256 characters. */
    LABEL_TOO_LONG,
    /** The text is blank. */
    EMPTY_TEXT,
    /** The text is longer than 10,000 characters. */
    TEXT_TOO_LONG,
    /** The feature vector is empty. */
    MALFORMED_FEATURES,
    /** A feature is NaN or infinite. */
    NON_FINITE_FEATURES,
    /** A feature is too large to compute with. */
    FEATURE_OUT_OF_RANGE,
    /** The number of features is not that of the bundle or of the tenant's examples. */
    WRONG_DIMENSION,
    /** The weight is not above 0 and at most 100. */
    WEIGHT_OUT_OF_RANGE,
    /** The expiry is not after 1970-01-01T00:00:00Z. */
    EXPIRY_OUT_OF_RANGE,
    /** The clock gives a time beyond the year 9999. */
    TIMESTAMP_OUT_OF_RANGE,
    /** The tenant's examples come from another encoder than the bundle's. */
    WRONG_FEATURE_SPACE,
    /** The tenant has as many labels as {@link PersonalizerOptions.Builder#labelsPerTenant}. */
    TOO_MANY_LABELS,
    /** Another label of the tenant has the new name. */
    LABEL_EXISTS,
    /** The call gives a text, but no encoder is loaded. */
    NO_ENCODER,
    /** The encoder knows no word of the text. */
    NO_KNOWN_WORDS,
    /** The encoder failed on the text. */
    ENCODE_FAILED,
    /** The model could not make the tenant's head. */
    INTEGRATION_FAILED,
    /** The features are so large that the score overflows. */
    SCORE_NOT_FINITE
  }

  RefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Why the call was refused; the message names the field, what was expected and what was found.
   */
  public Reason reason() {
    return reason;
  }
}
