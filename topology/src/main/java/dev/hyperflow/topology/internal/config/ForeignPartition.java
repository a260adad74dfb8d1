package dev.hyperflow.topology.internal.config;

/** What becomes of a record in another partition than its key's. */
public enum ForeignPartition {
  /** It is taken. */
  ACCEPT,
  /** It is taken, and the log says so once for each topic. */
  WARN,
  /** It is refused. */
  DEAD_LETTER
}
