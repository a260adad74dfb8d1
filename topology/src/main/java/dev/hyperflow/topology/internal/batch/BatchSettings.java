package dev.hyperflow.topology.internal.batch;

/**
 * How events are gathered into batches.
 *
 * @param size maximum number of events in a batch, 1 to 4096; 1 hands on every event by itself
 * @param lingerMillis how long the oldest event waits for others, 0 to 1000 ms; 0: not at all
 * @param durability what keeps waiting events over a commit
 */
public record BatchSettings(int size, int lingerMillis, Durability durability) {
  private static final int MAX_EVENTS = 4_096;
  private static final int MAX_LINGER_MILLIS = 1_000;

  /** What keeps waiting events over a commit. */
  public enum Durability {
    /** They are state: a logged store holds them until their batch is processed. */
    INBOX,
    /** None are left: the batch is processed before every commit. */
    GATE
  }

  public BatchSettings {
    if (size < 1 || size > MAX_EVENTS) {
      throw new IllegalArgumentException(
          "size: expected 1 to %d, found %d".formatted(MAX_EVENTS, size));
    }
    if (lingerMillis < 0 || lingerMillis > MAX_LINGER_MILLIS) {
      throw new IllegalArgumentException(
          "lingerMillis: expected 0 to %d, found %d".formatted(MAX_LINGER_MILLIS, lingerMillis));
    }
  }

  /** Whether events ever wait. */
  public boolean gathers() {
    return size > 1 && lingerMillis > 0;
  }
}
