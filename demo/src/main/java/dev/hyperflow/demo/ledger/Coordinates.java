package dev.hyperflow.demo.ledger;

import java.util.Objects;

/** Where a record is. */
public record Coordinates(String topic, int partition, long offset) {

  /** Checks that there is a topic. */
  public Coordinates {
    Objects.requireNonNull(topic, "topic");
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
