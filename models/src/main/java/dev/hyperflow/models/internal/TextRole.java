package dev.hyperflow.models.internal;

/** What a text is encoded for. */
public enum TextRole {
  /** To be answered. */
  QUERY,
  /** To learn from: an example or the description of a label. */
  EXAMPLE
}
