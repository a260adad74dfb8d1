package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * Is told what the engines of an instance do. Called by all stream threads, in the middle of their
 * work: an observer is quick, safe for use by many threads, and does not throw.
 *
 * <p>What it is told may be undone: a batch that was observed and then failed is processed again.
 */
public interface EngineObserver {

  /** Observes nothing. */
  EngineObserver NONE = new EngineObserver() {};

  /** Told when a batch is done or has failed. */
  @FunctionalInterface
  interface BatchEnd {
    void ended();
  }

  /**
   * What an output belongs to.
   *
   * @param event the event that brought it about; empty for background work
   * @param recordMillis the timestamp of the event's record, 0 for background work
   * @param nowMillis wall clock, milliseconds since the epoch
   */
  record Occasion(Optional<Event> event, long recordMillis, long nowMillis) {}

  /**
   * A batch is about to be processed.
   *
   * @param events how many events it holds
   * @param queueWaitMillis how long the oldest of them waited
   * @param nowMillis wall clock, milliseconds since the epoch
   */
  default BatchEnd batch(int events, long queueWaitMillis, long nowMillis) {
    return () -> {};
  }

  /** An output of an engine. */
  default void output(Output output, Occasion occasion) {}

  /** A record was refused before an engine saw it. */
  default void refused(Rejection rejection) {}

  /** How far the background work of a task is. */
  default void progress(String task, EngineProgress progress) {}

  /** A tenant's memory was put together again after a crash. */
  default void healed(String tenant) {}

  /** A task has left this instance. */
  default void closed(String task) {}

  /** Tells several observers, in their order. */
  static EngineObserver all(List<EngineObserver> observers) {
    return observers.size() == 1 ? observers.get(0) : new EngineObservers(List.copyOf(observers));
  }
}
