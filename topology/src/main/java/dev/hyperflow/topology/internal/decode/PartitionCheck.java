package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.topology.internal.config.ForeignPartition;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds records that are not in the partition of their key, as Kafka's default partitioner gives it
 * (murmur2 of the bytes). Such a record makes its tenant twice. Thread-safe.
 */
public final class PartitionCheck {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionCheck.class);

  /** Checks nothing: the number of partitions is not known. */
  public static final PartitionCheck NONE =
      new PartitionCheck(OptionalInt.empty(), ForeignPartition.ACCEPT);

  private final OptionalInt partitions;
  private final ForeignPartition policy;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /**
   * A check.
   *
   * @param partitions of each input topic; empty when that is not known
   */
  public PartitionCheck(OptionalInt partitions, ForeignPartition policy) {
    this.partitions = partitions;
    this.policy = policy;
  }

  /** Whether the record is in another partition than its key's. */
  boolean isForeign(SourceRecord record) {
    return partitions.isPresent()
        && record.key() != null
        && record.partition() >= 0
        && partitionOf(record.key()) != record.partition();
  }

  private int partitionOf(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions.getAsInt();
  }

  /** Whether such records are refused. */
  boolean refuses() {
    return policy == ForeignPartition.DEAD_LETTER;
  }

  /** What a refusal says. */
  String flaw(SourceRecord record) {
    return "partition: expected %d, as murmur2 gives for the key, found %d; the producer of '%s' uses another partitioner"
        .formatted(partitionOf(record.key()), record.partition(), record.topic());
  }

  /** Warns of the first such record of a topic. */
  void note(SourceRecord record) {
    if (policy == ForeignPartition.WARN && warned.add(record.topic())) {
      LOG.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("expected", partitionOf(record.key()))
          .log(
              "A record is not in the partition of its key, so its tenant may be there twice. Its"
                  + " producer needs the partitioner murmur2. See topics.foreign-partition");
    }
  }
}
