package dev.hyperflow.demo.scenario;

/** The two streams a step can be sent to. */
public enum StreamKind {
  /** Labelled examples. */
  SUPPORT,
  /** Messages that want an answer. */
  QUERIES
}
