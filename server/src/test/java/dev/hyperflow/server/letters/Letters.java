package dev.hyperflow.server.letters;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.DeadLetterStage;
import java.nio.ByteBuffer;

/** Dead letters of tests. */
final class Letters {
  private Letters() {}

  static DeadLetter letter(String reason, String tenant, String message, byte[] value) {
    return DeadLetter.newBuilder()
        .setKey(ByteBuffer.wrap(new byte[] {1, 2}))
        .setValue(value == null ? null : ByteBuffer.wrap(value))
        .setTruncated(false)
        .setSourceTopic("support")
        .setSourcePartition(2)
        .setSourceOffset(7)
        .setSourceTimestampEpochMillis(5)
        .setStage(DeadLetterStage.DECODE)
        .setReason(reason)
        .setMessage(message)
        .setTenant(tenant)
        .build();
  }
}
