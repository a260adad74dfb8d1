package dev.hyperflow.topology.internal.mapping;

/** What becomes of a record in which a field is missing: absent, null or blank. */
public enum Missing {
  /** It goes to the dead letters. */
  REFUSE,
  /** It is ignored and counted. */
  SKIP,
  /** It is read as if no path led to the field. */
  IGNORE,
  /** Of an id: one is made from the content. */
  CONTENT,
  /** Of an id: one is made from the record's place. */
  OFFSET
}
