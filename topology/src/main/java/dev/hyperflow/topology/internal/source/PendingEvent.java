package dev.hyperflow.topology.internal.source;

import dev.hyperflow.engine.internal.event.Event;

/**
 * An event on its way to the engine, with the record it came from.
 *
 * @param event the decoded event; null while the registry that its schema is in does not answer
 * @param source its record
 */
public record PendingEvent(Event event, SourceRecord source) {

  /** One that could not be decoded yet. */
  public static PendingEvent undecoded(SourceRecord source) {
    return new PendingEvent(null, source);
  }

  /** Whether the event is there. */
  public boolean isDecoded() {
    return event != null;
  }
}
