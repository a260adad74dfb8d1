package dev.hyperflow.topology.internal.mapping;

/** What a record without a value means. */
public enum NullValue {
  /** It goes to the dead letters. */
  REFUSE,
  /** It is ignored and counted. */
  SKIP,
  /** The example of its id is retracted. */
  RETRACT,
  /** Its tenant is forgotten. */
  FORGET_TENANT
}
