package dev.hyperflow.topology.internal.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.config.ForeignPartition;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitionCheckTest {
  private static final int PARTITIONS = 12;

  private final PartitionCheck check =
      new PartitionCheck(OptionalInt.of(PARTITIONS), ForeignPartition.DEAD_LETTER);

  @Test
  void shouldAgreeWithTheDefaultPartitionerOfKafka() {
    for (int i = 0; i < 1_000; i++) {
      byte[] key = ("tenant-" + i).getBytes(UTF_8);
      int own = BuiltInPartitioner.partitionForKey(key, PARTITIONS);

      assertThat(check.isForeign(record(key, own))).isFalse();
      assertThat(check.isForeign(record(key, (own + 1) % PARTITIONS))).isTrue();
    }
  }

  @Test
  void shouldCheckNothingWithoutAKeyAPlaceOrANumberOfPartitions() {
    assertThat(check.isForeign(record(null, 3))).isFalse();
    assertThat(check.isForeign(record("a".getBytes(UTF_8), -1))).isFalse();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(PartitionCheck.NONE.isForeign(record("a".getBytes(UTF_8), partition))).isFalse();
    }
  }

  @Test
  void shouldSayWhereTheRecordBelongs() {
    byte[] key = "acme".getBytes(UTF_8);
    int own = BuiltInPartitioner.partitionForKey(key, PARTITIONS);
    int other = (own + 1) % PARTITIONS;

    assertThat(check.flaw(record(key, other)))
        .isEqualTo(
            "partition: expected %d, as murmur2 gives for the key, found %d; the producer of"
                    .formatted(own, other)
                + " 'support' uses another partitioner");
  }

  private static SourceRecord record(byte[] key, int partition) {
    return new SourceRecord("support", partition, 0, 0, key, null);
  }
}
