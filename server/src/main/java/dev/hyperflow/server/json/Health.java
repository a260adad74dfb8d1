package dev.hyperflow.server.json;

/**
 * Whether the instance can be used.
 *
 * @param kafkaState the state of Kafka Streams
 * @param reason why it cannot although Kafka Streams runs, or why it ended; null otherwise
 */
public record Health(Status status, String kafkaState, Restoring restoring, String reason) {

  /** The state in a word, as load balancers look for it. */
  public enum Status {
    UP,
    RESTORING,
    REBALANCING,
    DOWN
  }

  /** How far stores are restored; the fraction is 1 when nothing is left. */
  public record Restoring(long remaining, long total, double fraction) {}
}
