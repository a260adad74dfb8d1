package dev.hyperflow.demo.scenario;

/** The ways in which the demo breaks records on purpose. */
public enum Breakage {
  /** Bytes that no serializer wrote. */
  GARBAGE_BYTES("UNDECODABLE", true),
  /** A sound record that names no tenant. */
  NULL_KEY("NULL_KEY", true),
  /** A text without a character in it. */
  EMPTY_TEXT("EMPTY_TEXT", true),
  /** A text longer than any limit one would set. */
  OVERLONG_TEXT("TEXT_TOO_LONG", true),
  /** A feature vector with a NaN in it. */
  NAN_FEATURES("NON_FINITE_FEATURES", true),
  /** A feature vector of a length that the bundle does not take. */
  WRONG_DIMENSION("WRONG_DIMENSION", true),
  /** A support event of a later schema, with an operation this version does not know. */
  UNKNOWN_OPERATION("UNKNOWN_OPERATION", false);

  private final String reason;
  private final boolean alsoInQueries;

  Breakage(String reason, boolean alsoInQueries) {
    this.reason = reason;
    this.alsoInQueries = alsoInQueries;
  }

  /** The reason code that the dead letter must carry. */
  public String reason() {
    return reason;
  }

  /** Whether this breakage can happen on that stream. */
  boolean appliesTo(StreamKind stream) {
    return stream == StreamKind.SUPPORT || alsoInQueries;
  }
}
