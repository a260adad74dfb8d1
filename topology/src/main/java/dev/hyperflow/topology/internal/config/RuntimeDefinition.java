package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of one instance: threads, guarantee, state and memory. */
final class RuntimeDefinition {
  private static final String HEADS_CACHE_MB = "heads.cache-mb";
  static final String STREAM_THREADS = "stream.threads";
  static final String PROCESSING_GUARANTEE = "processing.guarantee";
  static final String STATE_DIR = "state.dir";
  private static final String STARTUP_TIMEOUT_MS = "startup.timeout.ms";
  private static final String STATE_MEMORY_MB = "state.memory-mb";
  private static final String MISSING_OFFSETS = "startup.missing-offsets";
  private static final String EARLIEST = "earliest";
  private static final String HEALTH_STALLED_MS = "health.stalled.ms";
  private static final String STATE_DAMAGED = "state.damaged";
  private static final String RESTORE = "restore";

  /** Kafka's name of the guarantee that loses and repeats no answer. */
  static final String EXACTLY_ONCE = "exactly_once_v2";

  private static final long MEBIBYTE = 1 << 20;

  private RuntimeDefinition() {}

  static void define(SettingList settings) {
    settings
        .integer(
            HEADS_CACHE_MB,
            0,
            between(0, 1_000_000),
            "Maximum heap memory for decoded heads and tenants' meta records, MiB, for all tasks"
                + " of this instance together. 0: a quarter of the heap; at most three quarters. A head"
                + " takes 2 × labels × (features + 1) × 4 bytes.")
        .integer(STREAM_THREADS, 2, between(1, 1_000), "Number of stream threads of this instance.")
        .text(
            PROCESSING_GUARANTEE,
            EXACTLY_ONCE,
            ValidString.in(EXACTLY_ONCE, "at_least_once"),
            "exactly_once_v2: every query gets one answer. at_least_once: lowest latency.")
        .text(
            STATE_DIR,
            "data/state",
            new NonEmptyString(),
            "Directory of the local state. Each instance on a machine needs its own.")
        .integer(
            STARTUP_TIMEOUT_MS,
            15_000,
            atLeast(100),
            "How long a start-up check waits for the brokers, milliseconds. The registry's client"
                + " has its own settings: serde.http.connect.timeout.ms,"
                + " serde.http.read.timeout.ms, serde.max.retries.")
        .text(
            MISSING_OFFSETS,
            "refuse",
            ValidString.in("refuse", EARLIEST),
            "What happens at start when the group has lost its offsets while there is state. refuse:"
                + " start-up fails. earliest: the application reads both input topics from their"
                + " beginning and answers all queries again.")
        .integer(
            HEALTH_STALLED_MS,
            30_000,
            between(1_000, 3_600_000),
            "How long records may wait for brokers or for their commit before /health/ready answers"
                + " 503 with the reason, milliseconds.")
        .text(
            STATE_DAMAGED,
            RESTORE,
            ValidString.in(RESTORE, "stop"),
            "What happens when a file of the local state is damaged. restore: the task deletes the"
                + " store and restores it from its changelog. stop: the application stops.")
        .integer(
            STATE_MEMORY_MB,
            BoundedRocksDbMemory.DEFAULT_MEMORY_MB,
            between(16, 1_048_576),
            "Maximum memory of the local state outside the heap, MiB. All stores and partitions of"
                + " the process share it, half of it for write buffers. Allow 2 for every store and"
                + " partition. Your own kafka.rocksdb.config.setter replaces this.");
  }

  static RuntimeSettings read(ParsedSettings parsed) {
    int mebibytes = parsed.getInt(HEADS_CACHE_MB);
    return new RuntimeSettings(
        mebibytes > 0 ? mebibytes * MEBIBYTE : Runtime.getRuntime().maxMemory() / 4,
        parsed.getInt(STREAM_THREADS),
        parsed.getString(PROCESSING_GUARANTEE),
        parsed.getString(STATE_DIR),
        parsed.getInt(STARTUP_TIMEOUT_MS),
        parsed.getInt(STATE_MEMORY_MB),
        parsed.getString(MISSING_OFFSETS).equals(EARLIEST),
        parsed.getInt(HEALTH_STALLED_MS),
        parsed.getString(STATE_DAMAGED).equals(RESTORE));
  }
}
