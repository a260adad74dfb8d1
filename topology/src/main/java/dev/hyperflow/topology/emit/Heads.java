package dev.hyperflow.topology.emit;

import dev.hyperflow.engine.event.AdaptedHead;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the records of the heads topic. */
public final class Heads {
  private Heads() {}

  /** The head, under the key and timestamp of the record that it was integrated for. */
  public static Record<byte[], Object> record(Record<byte[], ?> record, AdaptedHead head) {
    return new Record<>(
        record.key(),
        dev.hyperflow.events.AdaptedHead.newBuilder()
            .setBundleId(head.bundleId())
            .setSupportFingerprint(head.fingerprint().toHex())
            .setSupportCount(head.examples())
            .setLabels(head.labels())
            .setFeatureDimension(head.adapted().dimension())
            .setWeights(ByteBuffer.wrap(head.adapted().toBytes()))
            .build(),
        record.timestamp());
  }
}
