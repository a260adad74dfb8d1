package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.topology.internal.source.SourceRecord;

/**
 * An event on its way to the engine, with the record it came from.
 *
 * @param event the decoded event
 * @param source its record
 */
public record PendingEvent(Event event, SourceRecord source) {}
