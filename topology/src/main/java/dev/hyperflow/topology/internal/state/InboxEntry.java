package dev.hyperflow.topology.internal.state;

import dev.hyperflow.topology.internal.source.SourceRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A record that waited in the inbox when its task stopped.
 *
 * @param slot where it waited
 * @param place its place in the order of arrival; grows from record to record
 * @param source the record as it was read
 * @param headers its headers
 */
public record InboxEntry(int slot, long place, SourceRecord source, Headers headers) {}
