package dev.hyperflow.benchmarks.scenario;

/** What can be measured. Names are options of the command line. */
public enum Workload {
  /** Heads of a bundle beside logistic regression, without Kafka. */
  HEADS,
  /** Packed-feature queries beside the identity topology. */
  PACKED,
  /** Text queries beside the encoders alone. */
  TEXT,
  /** The encoders alone, without a broker; those of text. */
  ENCODER,
  /** From a label to the first prediction that uses it, under light load. */
  LATENCY,
  /** Predictions asked for over HTTP beside the same queries through the topics. */
  HTTP,
  /** Lists of remembered queries over HTTP, and what keeping texts costs. */
  QUEUE,
  /** Cost per query against the number of tenants. */
  TENANTS
}
