package dev.hyperflow.topology.internal.decode;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's timestamp; for a record without one, the time its partition has reached. So no
 * record is dropped or stops the application for lack of a timestamp.
 */
public final class EventTimeExtractor implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp() >= 0 ? record.timestamp() : partitionTime);
  }
}
