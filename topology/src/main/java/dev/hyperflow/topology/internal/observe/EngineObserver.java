package dev.hyperflow.topology.internal.observe;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Is told what an instance does with its records, from arrival to output. All stream threads call
 * it in the middle of their work: an observer is quick and safe for use by many threads.
 *
 * <p>An observer does not throw. An exception of an observer fails the task like one of the engine.
 *
 * <p>What an observer is told may be undone: the task processes a failed batch again.
 */
public interface EngineObserver {

  /** Observes nothing. */
  EngineObserver NONE = new EngineObserver() {};

  /** Is called by the batch's thread when all its outputs are out, or when the batch has failed. */
  @FunctionalInterface
  interface BatchEnd {
    /** For observers that do not need it. */
    BatchEnd UNHEARD = () -> {};

    void ended();
  }

  /**
   * What an output belongs to.
   *
   * @param cause the event that brought it about; empty for background work
   * @param nowMillis wall clock, milliseconds since the epoch
   */
  record Occasion(Optional<PendingEvent> cause, long nowMillis) {

    /** The occasion of an output of an event. */
    public static Occasion of(PendingEvent cause, long nowMillis) {
      return new Occasion(Optional.of(cause), nowMillis);
    }

    /** The occasion of an output of background work. */
    public static Occasion background(long nowMillis) {
      return new Occasion(Optional.empty(), nowMillis);
    }
  }

  /**
   * A record was read from an input topic.
   *
   * @param headers the record's own
   */
  default void received(SourceRecord record, Headers headers) {}

  /** A record is not in the partition of its key. */
  default void foreign(SourceRecord record) {}

  /** A mapping says to skip the record. Nothing else comes of it. */
  default void skipped(SourceRecord record) {}

  /** A record goes to the partition of its tenant, where it is received. */
  default void repartitioned(SourceRecord record) {}

  /** A record was decoded and waits for its batch. */
  default void decoded(SourceRecord record) {}

  /**
   * A batch is about to be processed.
   *
   * @param task the id of its task
   * @param records the records of its events
   * @param queueWaitMillis how long the oldest of them waited
   * @param nowMillis wall clock, milliseconds since the epoch
   */
  default BatchEnd batch(
      String task, List<SourceRecord> records, long queueWaitMillis, long nowMillis) {
    return BatchEnd.UNHEARD;
  }

  /** The engine made an output; the record of it, if it has one, goes out next. */
  default void output(Output output, Occasion occasion) {}

  /**
   * A prediction is about to go out.
   *
   * @param prediction its headers, to which an observer may add
   */
  default void answering(SourceRecord query, Headers prediction) {}

  /**
   * A record was refused, before its batch or in it; its dead letter is about to go out. Nothing
   * else comes of the record.
   *
   * @param letter the headers of the dead letter, to which an observer may add
   */
  default void refused(SourceRecord record, Rejection rejection, Headers letter) {}

  /**
   * A tenant's head is about to be published.
   *
   * @param head its headers, to which an observer may add
   */
  default void publishing(String tenant, Headers head) {}

  /**
   * How far the background work of a task is now.
   *
   * @param task the id of the task
   */
  default void progress(String task, EngineProgress progress) {}

  /** A tenant's memory was repaired after a crash. */
  default void healed(String tenant) {}

  /**
   * A task has left this instance.
   *
   * @param task the id of the task
   */
  default void closed(String task) {}

  /** One observer that tells these, each of them in this order. */
  static EngineObserver all(List<EngineObserver> observers) {
    return switch (observers.size()) {
      case 0 -> NONE;
      case 1 -> observers.get(0);
      default -> new EngineObservers(observers);
    };
  }
}
