package dev.hyperflow.topology.internal.view;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far the stores are restored from their changelogs. Thread-safe. */
public final class RestoreProgress implements StateRestoreListener {
  private record Place(String store, int partition) {}

  private record Share(long total, long restored) {}

  private final Map<Place, Share> open = new ConcurrentHashMap<>();

  /**
   * What is left to restore.
   *
   * @param remaining records that are still to be read
   * @param total records of all changelogs that are being read
   */
  public record Left(long remaining, long total) {

    /** The share that is done, 0…1. */
    public double fraction() {
      return total == 0 ? 1 : 1 - (double) remaining / total;
    }
  }

  @Override
  public void onRestoreStart(
      TopicPartition partition, String store, long startingOffset, long endingOffset) {
    open.put(
        new Place(store, partition.partition()),
        new Share(Math.max(0, endingOffset - startingOffset), 0));
  }

  @Override
  public void onBatchRestored(
      TopicPartition partition, String store, long batchEndOffset, long numRestored) {
    open.computeIfPresent(
        new Place(store, partition.partition()),
        (place, share) -> new Share(share.total(), share.restored() + numRestored));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
    open.remove(new Place(store, partition.partition()));
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
    open.remove(new Place(store, partition.partition()));
  }

  /** What is left now. */
  public Left left() {
    long remaining = 0;
    long total = 0;
    for (Share share : open.values()) {
      total += share.total();
      remaining += Math.max(0, share.total() - share.restored());
    }
    return new Left(remaining, total);
  }
}
