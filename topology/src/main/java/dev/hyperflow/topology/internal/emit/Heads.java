package dev.hyperflow.topology.internal.emit;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the records of the heads topic. */
public final class Heads {
  private Heads() {}

  /** The head, under its tenant. */
  public static Record<byte[], Object> record(Output.HeadAdapted adapted) {
    AdaptedHead head = adapted.head();
    return new Record<>(
        TenantKeys.encode(adapted.tenant()),
        dev.hyperflow.events.AdaptedHead.newBuilder()
            .setBundleId(head.bundleId())
            .setSupportFingerprint(head.fingerprint().toHex())
            .setSupportCount(head.examples())
            .setLabels(head.labels())
            .setFeatureDimension(head.adapted().dimension())
            .setWeights(ByteBuffer.wrap(head.adapted().toBytes()))
            .build(),
        adapted.timestampMillis());
  }
}
