package dev.hyperflow.topology.internal.source;

import dev.hyperflow.engine.internal.event.Event;

/**
 * An event on its way to the engine, with the record it came from.
 *
 * @param event the decoded event
 * @param source its record
 */
public record PendingEvent(Event event, SourceRecord source) {}
