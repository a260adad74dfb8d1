package dev.hyperflow.topology.internal.metrics;

import static dev.hyperflow.topology.internal.metrics.MeterKind.COUNTER;
import static dev.hyperflow.topology.internal.metrics.MeterKind.GAUGE;
import static dev.hyperflow.topology.internal.metrics.MeterKind.SUMMARY;
import static dev.hyperflow.topology.internal.metrics.MeterKind.TIMER;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every meter there is: name, kind, unit, tags, meaning. The names are a public contract. The
 * values of a tag are bounded: by an enum, by the topology, or by {@code metrics.tenants}.
 */
public enum MeterCatalogue {
  EVENTS("hyperflow.events", COUNTER, "", "Events that engines processed.", "kind"),
  RECORDS(
      "hyperflow.records",
      COUNTER,
      "",
      "Records read from the input topics. Each is answered, applied, ignored or refused."),
  RECORDS_FOREIGN(
      "hyperflow.records.foreign",
      COUNTER,
      "",
      "Records that are not in the partition of their key, by input topic.",
      "topic"),
  RECORDS_REPARTITIONED(
      "hyperflow.records.repartitioned",
      COUNTER,
      "",
      "Records of a mapped topic that went to the partition of their tenant, by topic. There they"
          + " are counted as records.",
      "topic"),
  EVENTS_APPLIED(
      "hyperflow.events.applied", COUNTER, "", "Support events that changed their tenant."),
  EVENTS_IGNORED(
      "hyperflow.events.ignored",
      COUNTER,
      "",
      "Support events that changed nothing, and skipped records of mapped topics, by reason.",
      "reason"),
  ANSWERS("hyperflow.answers", COUNTER, "", "Answers to queries, by status.", "status"),
  ANSWERS_ABSTAINED(
      "hyperflow.answers.abstained", COUNTER, "", "Answers that abstained: not to be acted on."),
  ANSWER_LATENCY(
      "hyperflow.answer.latency",
      TIMER,
      "seconds",
      "Time from the timestamp of a query's record to its answer. The commit that shows the"
          + " answer comes later."),
  DEAD_LETTERS(
      "hyperflow.dead.letters",
      COUNTER,
      "",
      "Refused records, by stage and reason.",
      "stage",
      "reason"),
  BATCHES("hyperflow.batches", COUNTER, "", "Batches that engines processed.", "task"),
  BATCH_SIZE("hyperflow.batch.size", SUMMARY, "events", "Events in a batch."),
  BATCH_WAIT("hyperflow.batch.wait", TIMER, "seconds", "Wait of the oldest event of a batch."),
  BATCH_COMPUTE(
      "hyperflow.batch.compute",
      TIMER,
      "seconds",
      "Time from the first event of a batch to its last output."),
  ENCODE(
      "hyperflow.encode",
      TIMER,
      "seconds",
      "Time of a call of the encoder, for all texts of a batch."),
  ENCODE_TEXTS("hyperflow.encode.texts", COUNTER, "", "Encoded texts."),
  ENCODE_CACHED_TEXTS(
      "hyperflow.encode.cached.texts",
      COUNTER,
      "",
      "Texts that were not encoded again, because their vectors were remembered."),
  TOKENS(
      "hyperflow.tokens",
      COUNTER,
      "",
      "Words and parts of words in encoded texts, by whether the encoder knows them.",
      "known"),
  TEXTS_CUT(
      "hyperflow.texts.cut",
      COUNTER,
      "",
      "Texts of which a part was read, by who cut them: the limit or the encoder.",
      "by"),
  FEEDBACK_MET(
      "hyperflow.feedback.met",
      COUNTER,
      "",
      "Feedback that came before its query and took effect with it. It was counted as ignored when"
          + " it came."),
  INTEGRATE(
      "hyperflow.integrate",
      TIMER,
      "seconds",
      "Time of a call of the integrator, for all planned heads."),
  INTEGRATE_HEADS("hyperflow.integrate.heads", COUNTER, "", "Heads computed, for all bundles."),
  INTEGRATIONS("hyperflow.integrations", COUNTER, "", "Heads that began to serve their tenant."),
  INTEGRATIONS_SAFEGUARDED(
      "hyperflow.integrations.safeguarded",
      COUNTER,
      "",
      "Heads from an earlier point of a trajectory that diverged."),
  INTEGRATIONS_FAILED(
      "hyperflow.integrations.background.failed",
      COUNTER,
      "",
      "Heads that the background work failed to integrate."),
  LABEL_TO_HEAD(
      "hyperflow.label.to.head",
      TIMER,
      "seconds",
      "Time from the timestamp of a label's record to the first head that knows it. In fresh mode"
          + " the next query triggers the integration of the head."),
  TASKS("hyperflow.tasks", GAUGE, "", "Active tasks of this instance."),
  STALE_TENANTS(
      "hyperflow.tenants.stale",
      GAUGE,
      "",
      "Tenants whose stale head waits for the background work."),
  SWEEPS(
      "hyperflow.sweep.running", GAUGE, "", "Tasks whose sweep over all their tenants is running."),
  SWEPT_TENANTS(
      "hyperflow.sweep.tenants",
      GAUGE,
      "",
      "Tenants that the current or the last sweep has visited."),
  HEALED_TENANTS(
      "hyperflow.tenants.healed", COUNTER, "", "Tenants whose memory was repaired after a crash."),
  TESTED("hyperflow.quality.tested", COUNTER, "", "Labels compared with the answers of the heads."),
  RIGHT(
      "hyperflow.quality.right",
      COUNTER,
      "",
      "Tested labels that a head predicted correctly: the initial head, the adapted head, or the"
          + " head in shadow.",
      "head"),
  DRIFTS("hyperflow.quality.drifts", COUNTER, "", "Alarms of the drift detector, for all tenants."),
  TENANT_EVENTS(
      "hyperflow.tenant.events",
      GAUGE,
      "",
      "Recent events of the busiest tenants. Counts that grow large are halved.",
      "tenant"),
  TENANT_ACCURACY(
      "hyperflow.tenant.accuracy",
      GAUGE,
      "",
      "Prequential accuracy of the initial and the adapted head of the busiest tenants, 0 to 1.",
      "tenant",
      "head"),
  TENANT_DRIFTS(
      "hyperflow.tenant.drifts",
      GAUGE,
      "",
      "Drift alarms of the busiest tenants so far.",
      "tenant"),
  TENANT_DRIFTING(
      "hyperflow.tenant.drifting",
      GAUGE,
      "",
      "1 if the last report on the quality of a busy tenant was an alarm.",
      "tenant"),
  SHADOW_ANSWERS(
      "hyperflow.shadow.answers",
      COUNTER,
      "",
      "Queries that the bundle in shadow also answered, by whether both bundles agreed.",
      "agreed"),
  BUNDLES_OPEN("hyperflow.bundles.open", GAUGE, "", "Loaded bundles."),
  BUNDLE("hyperflow.bundle", GAUGE, "", "1 for the bundle that serves or will serve.", "bundle"),
  DEVICE_ACTIVE(
      "hyperflow.device.active",
      GAUGE,
      "",
      "Number of devices of a kind that a model runs on.",
      "model",
      "device"),
  DEVICE_FALLBACK(
      "hyperflow.device.fallback",
      GAUGE,
      "",
      "Number of devices whose part of a model runs on the processor instead.",
      "model"),
  DEVICE_FAILURES(
      "hyperflow.device.failures", COUNTER, "", "Runs that failed on the device.", "model"),
  DEVICE_HALVINGS(
      "hyperflow.device.halvings",
      COUNTER,
      "",
      "Failed runs that were repeated in two halves.",
      "model"),
  DEVICE_TRIPS(
      "hyperflow.device.trips",
      COUNTER,
      "",
      "Times that a model moved from the device to the processor.",
      "model"),
  DEVICE_REQUESTS(
      "hyperflow.device.requests", COUNTER, "", "Calls that were merged into runs.", "model"),
  DEVICE_RUNS("hyperflow.device.runs", COUNTER, "", "Runs that merged calls.", "model"),
  STATE_MEMORY_USED(
      "hyperflow.state.memory.used",
      GAUGE,
      "bytes",
      "Memory that RocksDB uses of the bound that all stores share: blocks and write buffers."),
  STATE_MEMORY_CAPACITY(
      "hyperflow.state.memory.capacity",
      GAUGE,
      "bytes",
      "Bound of the memory that all stores share, state.memory-mb."),
  HEAP_CACHE_CAPACITY(
      "hyperflow.heads.cache.capacity",
      GAUGE,
      "bytes",
      "Bound of the cache of heads and meta records on the heap."),
  RUNNING(
      "hyperflow.running", GAUGE, "", "1 while the streams run, 0 while they rebalance or stop."),

  KAFKA_LAG(
      "hyperflow.kafka.lag",
      GAUGE,
      "records",
      "Records that are still to be read, by input topic.",
      "topic"),
  KAFKA_RESTORE_REMAINING(
      "hyperflow.kafka.restore.remaining",
      GAUGE,
      "records",
      "Changelog records that active tasks still have to restore."),
  KAFKA_RESTORED("hyperflow.kafka.restored", COUNTER, "records", "Restored records."),
  KAFKA_STANDBY_UPDATED(
      "hyperflow.kafka.standby.updated", COUNTER, "records", "Records that standby tasks applied."),
  KAFKA_DROPPED(
      "hyperflow.kafka.dropped", COUNTER, "records", "Records that Kafka Streams dropped."),
  KAFKA_PROCESSED(
      "hyperflow.kafka.processed", COUNTER, "records", "Records handed to the topology."),
  KAFKA_COMMITS("hyperflow.kafka.commits", COUNTER, "", "Commits of stream threads."),
  KAFKA_COMMIT_LATENCY_AVERAGE(
      "hyperflow.kafka.commit.latency.average", GAUGE, "seconds", "Average time of a commit."),
  KAFKA_COMMIT_LATENCY_MAX(
      "hyperflow.kafka.commit.latency.max", GAUGE, "seconds", "Longest time of a commit."),
  KAFKA_PROCESS_RATIO(
      "hyperflow.kafka.process.ratio",
      GAUGE,
      "",
      "Share of its time that the busiest stream thread spends on records, 0 to 1."),
  KAFKA_THREADS("hyperflow.kafka.threads", GAUGE, "", "Live stream threads."),
  KAFKA_THREADS_FAILED(
      "hyperflow.kafka.threads.failed",
      COUNTER,
      "",
      "Stream threads that have failed since the start."),
  KAFKA_REBALANCES(
      "hyperflow.kafka.rebalances", COUNTER, "", "Rebalances of the consumers of this instance."),
  KAFKA_SENT(
      "hyperflow.kafka.sent", COUNTER, "records", "Records sent to output topics and changelogs."),
  KAFKA_SEND_ERRORS(
      "hyperflow.kafka.send.errors",
      COUNTER,
      "records",
      "Records that the producers failed to send."),
  ROCKSDB_KEYS(
      "hyperflow.rocksdb.keys", GAUGE, "", "Estimated number of keys of a store.", "store"),
  ROCKSDB_FILES("hyperflow.rocksdb.files", GAUGE, "bytes", "Size of a store on disk.", "store"),
  ROCKSDB_WRITE_BUFFERS(
      "hyperflow.rocksdb.write.buffers",
      GAUGE,
      "bytes",
      "Size of the write buffers of a store.",
      "store"),
  ROCKSDB_COMPACTION_PENDING(
      "hyperflow.rocksdb.compaction.pending",
      GAUGE,
      "bytes",
      "Estimated bytes that compaction has yet to rewrite.",
      "store"),
  ROCKSDB_ERRORS(
      "hyperflow.rocksdb.background.errors",
      COUNTER,
      "",
      "Errors of RocksDB's background threads.",
      "store"),

  JVM_MEMORY_USED("jvm.memory.used", GAUGE, "bytes", "Used memory of a pool.", "area", "id"),
  JVM_MEMORY_MAX(
      "jvm.memory.max",
      GAUGE,
      "bytes",
      "Maximum memory of a pool, -1 for no maximum.",
      "area",
      "id"),
  JVM_GC_PAUSE(
      "jvm.gc.pause",
      TIMER,
      "seconds",
      "Pauses of the garbage collector. Appears after the first pause.",
      "action",
      "cause",
      "gc"),
  JVM_GC_ALLOCATED("jvm.gc.memory.allocated", COUNTER, "bytes", "Bytes allocated on the heap."),
  JVM_THREADS("jvm.threads.live", GAUGE, "threads", "Live threads."),
  JVM_CLASSES("jvm.classes.loaded", GAUGE, "classes", "Loaded classes."),
  PROCESS_CPU(
      "process.cpu.usage",
      GAUGE,
      "",
      "Processor use of the process, as a share of all processors, 0 to 1."),
  PROCESS_FILES("process.files.open", GAUGE, "files", "Open files and sockets. Not on Windows."),
  PROCESS_FILES_MAX(
      "process.files.max",
      GAUGE,
      "files",
      "Maximum number of open files and sockets. Not on Windows."),
  PROCESS_UPTIME("process.uptime", GAUGE, "seconds", "Time since the process started."),
  PROCESS_RESIDENT(
      "hyperflow.process.resident",
      GAUGE,
      "bytes",
      "Resident memory: heap, native memory of models and stores, code. On Linux only."),
  CPUS("system.cpu.count", GAUGE, "", "Processors available to the JVM.");

  private final String meterName;
  private final MeterKind kind;
  private final String unit;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable copy.
  private final List<String> tags;

  MeterCatalogue(String meterName, MeterKind kind, String unit, String meaning, String... tags) {
    this.meterName = meterName;
    this.kind = kind;
    this.unit = unit;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  /** Its name in Micrometer. */
  public String meterName() {
    return meterName;
  }

  public MeterKind kind() {
    return kind;
  }

  /** Its unit, empty for a plain number. */
  public String unit() {
    return unit;
  }

  /** Its description for operators, in sentences. */
  public String meaning() {
    return meaning;
  }

  /** The keys of its tags, in the order in which values are given. */
  public List<String> tags() {
    return tags;
  }

  /** Its name in Prometheus, without what the kind appends. */
  public String prometheusName() {
    String name = meterName.replace('.', '_');
    return unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
  }

  /** The names of its samples in Prometheus. */
  public List<String> samples() {
    return kind.suffixes().stream().map(suffix -> prometheusName() + suffix).toList();
  }

  /** The entry of a meter, if it is here. */
  public static Optional<MeterCatalogue> of(String meterName) {
    return Arrays.stream(values()).filter(entry -> entry.meterName.equals(meterName)).findFirst();
  }

  /** All entries as a table in Markdown. */
  public static String table() {
    StringBuilder table =
        new StringBuilder("| metric | kind | tags | meaning |\n|---|---|---|---|\n");
    for (MeterCatalogue entry : values()) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  entry.prometheusName() + entry.kind.shownSuffix(),
                  entry.kind.shownName(),
                  String.join(", ", entry.tags.stream().map(tag -> "`" + tag + "`").toList()),
                  entry.meaning));
    }
    return table.toString();
  }
}
