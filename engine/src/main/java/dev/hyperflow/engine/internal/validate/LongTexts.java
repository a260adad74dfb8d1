package dev.hyperflow.engine.internal.validate;

/** What becomes of a text that is longer than the limit. */
public enum LongTexts {
  /** Its event is refused. */
  REFUSE,
  /** Its beginning is read. */
  KEEP_HEAD,
  /** Its end is read, as of a mail under a long quotation. */
  KEEP_TAIL
}
