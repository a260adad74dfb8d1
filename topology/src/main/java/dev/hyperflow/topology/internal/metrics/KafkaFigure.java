package dev.hyperflow.topology.internal.metrics;

import static dev.hyperflow.topology.internal.metrics.KafkaFigure.Fold.LARGEST;
import static dev.hyperflow.topology.internal.metrics.KafkaFigure.Fold.SUM;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** Which of Kafka's own metrics make up which of ours. */
enum KafkaFigure {
  // Kafka Streams has some thousand metrics: one of each for every thread, task, node and store.
  // These are folded over all of them, but for a tag that says what an operator can act on.

  LAG(MeterCatalogue.KAFKA_LAG, "consumer-fetch-manager-metrics", "records-lag", SUM, "topic"),
  RESTORE_REMAINING(
      MeterCatalogue.KAFKA_RESTORE_REMAINING,
      "stream-task-metrics",
      "restore-remaining-records-total",
      SUM),
  RESTORED(MeterCatalogue.KAFKA_RESTORED, "stream-task-metrics", "restore-total", SUM),
  STANDBY_UPDATED(MeterCatalogue.KAFKA_STANDBY_UPDATED, "stream-task-metrics", "update-total", SUM),
  DROPPED(MeterCatalogue.KAFKA_DROPPED, "stream-task-metrics", "dropped-records-total", SUM),
  PROCESSED(MeterCatalogue.KAFKA_PROCESSED, "stream-thread-metrics", "process-total", SUM),
  COMMITS(MeterCatalogue.KAFKA_COMMITS, "stream-thread-metrics", "commit-total", SUM),
  COMMIT_AVERAGE(
      MeterCatalogue.KAFKA_COMMIT_LATENCY_AVERAGE,
      "stream-thread-metrics",
      "commit-latency-avg",
      LARGEST),
  COMMIT_MAX(
      MeterCatalogue.KAFKA_COMMIT_LATENCY_MAX,
      "stream-thread-metrics",
      "commit-latency-max",
      LARGEST),
  PROCESS_RATIO(
      MeterCatalogue.KAFKA_PROCESS_RATIO, "stream-thread-metrics", "process-ratio", LARGEST),
  THREADS(MeterCatalogue.KAFKA_THREADS, "stream-metrics", "alive-stream-threads", SUM),
  THREADS_FAILED(
      MeterCatalogue.KAFKA_THREADS_FAILED, "stream-metrics", "failed-stream-threads", SUM),
  REBALANCES(
      MeterCatalogue.KAFKA_REBALANCES, "consumer-coordinator-metrics", "rebalance-total", LARGEST),
  SENT(MeterCatalogue.KAFKA_SENT, "producer-metrics", "record-send-total", SUM),
  SEND_ERRORS(MeterCatalogue.KAFKA_SEND_ERRORS, "producer-metrics", "record-error-total", SUM),
  KEYS(MeterCatalogue.ROCKSDB_KEYS, "stream-state-metrics", "estimate-num-keys", SUM, "store"),
  FILES(MeterCatalogue.ROCKSDB_FILES, "stream-state-metrics", "total-sst-files-size", SUM, "store"),
  WRITE_BUFFERS(
      MeterCatalogue.ROCKSDB_WRITE_BUFFERS,
      "stream-state-metrics",
      "size-all-mem-tables",
      SUM,
      "store"),
  COMPACTION_PENDING(
      MeterCatalogue.ROCKSDB_COMPACTION_PENDING,
      "stream-state-metrics",
      "estimate-pending-compaction-bytes",
      SUM,
      "store"),
  ERRORS(MeterCatalogue.ROCKSDB_ERRORS, "stream-state-metrics", "background-errors", SUM, "store");

  /** How the figures of several threads, tasks or stores become one. */
  enum Fold {
    SUM(Double::sum),
    LARGEST(Math::max);

    // A lambda of primitives.
    @SuppressWarnings("ImmutableEnumChecker")
    private final DoubleBinaryOperator operator;

    Fold(DoubleBinaryOperator operator) {
      this.operator = operator;
    }

    double apply(double a, double b) {
      return operator.applyAsDouble(a, b);
    }
  }

  private static final double SECONDS_PER_MILLISECOND = 1e-3;

  private final MeterCatalogue entry;
  private final String group;
  private final String metric;
  private final Fold fold;
  private final Optional<String> tag;

  KafkaFigure(MeterCatalogue entry, String group, String metric, Fold fold, String... tag) {
    this.entry = entry;
    this.group = group;
    this.metric = metric;
    this.fold = fold;
    this.tag = tag.length == 0 ? Optional.empty() : Optional.of(tag[0]);
  }

  MeterCatalogue entry() {
    return entry;
  }

  /** Kafka's name: group and metric. */
  String key() {
    return key(group, metric);
  }

  static String key(String group, String metric) {
    return group + "/" + metric;
  }

  Fold fold() {
    return fold;
  }

  /** The tag by which figures are kept apart. */
  Optional<String> tag() {
    return tag;
  }

  /** What a figure of Kafka's is multiplied with: its times are milliseconds. */
  double scale() {
    return entry.unit().equals("seconds") ? SECONDS_PER_MILLISECOND : 1;
  }
}
