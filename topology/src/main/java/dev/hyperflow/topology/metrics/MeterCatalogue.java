package dev.hyperflow.topology.metrics;

import static dev.hyperflow.topology.metrics.MeterKind.COUNTER;
import static dev.hyperflow.topology.metrics.MeterKind.GAUGE;
import static dev.hyperflow.topology.metrics.MeterKind.SUMMARY;
import static dev.hyperflow.topology.metrics.MeterKind.TIMER;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every meter there is: name, kind, unit, tags, meaning. The names are a public contract. The
 * values of a tag are bounded: by an enum, by the topology, or by {@code metrics.tenants}.
 */
public enum MeterCatalogue {
  EVENTS("hyperflow.events", COUNTER, "", "Events that engines have taken.", "kind"),
  EVENTS_IGNORED(
      "hyperflow.events.ignored", COUNTER, "", "Support events that asked for nothing new."),
  ANSWERS(
      "hyperflow.answers", COUNTER, "", "Answers to queries, by how they came about.", "status"),
  ANSWERS_ABSTAINED(
      "hyperflow.answers.abstained", COUNTER, "", "Answers below the threshold of confidence."),
  ANSWER_LATENCY(
      "hyperflow.answer.latency",
      TIMER,
      "seconds",
      "From the timestamp of a query's record to its answer, before the commit that shows it."),
  DEAD_LETTERS(
      "hyperflow.dead.letters",
      COUNTER,
      "",
      "Records that were refused, by stage and reason.",
      "stage",
      "reason"),
  BATCH_SIZE("hyperflow.batch.size", SUMMARY, "events", "Events in a batch."),
  BATCH_WAIT("hyperflow.batch.wait", TIMER, "seconds", "How long a batch's oldest event waited."),
  BATCH_COMPUTE(
      "hyperflow.batch.compute",
      TIMER,
      "seconds",
      "From a batch's first event to its last output."),
  ENCODE("hyperflow.encode", TIMER, "seconds", "A call of the encoder, for all texts of a batch."),
  ENCODE_TEXTS("hyperflow.encode.texts", COUNTER, "", "Texts that were encoded."),
  INTEGRATE(
      "hyperflow.integrate", TIMER, "seconds", "A call of the integrator, for all heads planned."),
  INTEGRATE_HEADS(
      "hyperflow.integrate.heads", COUNTER, "", "Heads that were computed, of all bundles."),
  INTEGRATIONS("hyperflow.integrations", COUNTER, "", "Heads that now serve their tenant."),
  INTEGRATIONS_SAFEGUARDED(
      "hyperflow.integrations.safeguarded",
      COUNTER,
      "",
      "Heads taken from an earlier point of a trajectory that diverged."),
  INTEGRATIONS_FAILED(
      "hyperflow.integrations.background.failed",
      COUNTER,
      "",
      "Heads that the background work could not integrate."),
  LABEL_TO_HEAD(
      "hyperflow.label.to.head",
      TIMER,
      "seconds",
      "From the timestamp of a label's record to the first head that knows it. In fresh mode a"
          + " head is made when the next query asks for it."),
  TASKS("hyperflow.tasks", GAUGE, "", "Active tasks of this instance."),
  STALE_TENANTS(
      "hyperflow.tenants.stale", GAUGE, "", "Tenants whose head waits for the background work."),
  SWEEPS("hyperflow.sweep.running", GAUGE, "", "Tasks that sweep over all their tenants."),
  SWEPT_TENANTS(
      "hyperflow.sweep.tenants",
      GAUGE,
      "",
      "Tenants that the sweep, or the last one, has visited."),
  HEALED_TENANTS(
      "hyperflow.tenants.healed", COUNTER, "", "Memories put together again after a crash."),
  TESTED("hyperflow.quality.tested", COUNTER, "", "Labels that were compared with the heads."),
  RIGHT(
      "hyperflow.quality.right",
      COUNTER,
      "",
      "Of these, those that a head had right: the initial one, the adapted one, the one in shadow.",
      "head"),
  DRIFTS("hyperflow.quality.drifts", COUNTER, "", "Alarms of the drift detector, of all tenants."),
  TENANT_EVENTS(
      "hyperflow.tenant.events",
      GAUGE,
      "",
      "Recent events of the busiest tenants; halved now and then.",
      "tenant"),
  TENANT_ACCURACY(
      "hyperflow.tenant.accuracy",
      GAUGE,
      "",
      "Prequential accuracy of the busiest tenants, 0 to 1, of their initial and adapted head.",
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
      "1 when the last report of a busy tenant's quality was an alarm.",
      "tenant"),
  SHADOW_ANSWERS(
      "hyperflow.shadow.answers",
      COUNTER,
      "",
      "Queries that the bundle in shadow answered, too, by whether both agreed.",
      "agreed"),
  BUNDLES_OPEN("hyperflow.bundles.open", GAUGE, "", "Bundles that are loaded."),
  BUNDLE("hyperflow.bundle", GAUGE, "", "1 for the bundle that serves, or is to.", "bundle"),
  DEVICE_ACTIVE(
      "hyperflow.device.active", GAUGE, "", "1 for the device a model runs on.", "model", "device"),
  DEVICE_FALLBACK(
      "hyperflow.device.fallback",
      GAUGE,
      "",
      "1 while a model runs on the processor in place of the device that was wanted.",
      "model"),
  DEVICE_FAILURES(
      "hyperflow.device.failures", COUNTER, "", "Runs that failed on the device.", "model"),
  DEVICE_HALVINGS(
      "hyperflow.device.halvings", COUNTER, "", "Failed runs that were cut in two.", "model"),
  DEVICE_TRIPS("hyperflow.device.trips", COUNTER, "", "Times the device was given up.", "model"),
  DEVICE_REQUESTS(
      "hyperflow.device.requests", COUNTER, "", "Calls that were merged into runs.", "model"),
  DEVICE_RUNS("hyperflow.device.runs", COUNTER, "", "Runs they were merged into.", "model"),
  STATE_MEMORY_USED(
      "hyperflow.state.memory.used",
      GAUGE,
      "bytes",
      "What RocksDB holds of the memory that all stores share: blocks and write buffers."),
  STATE_MEMORY_CAPACITY(
      "hyperflow.state.memory.capacity", GAUGE, "bytes", "The bound of that, state.memory-mb."),
  HEAP_CACHE_CAPACITY(
      "hyperflow.heads.cache.capacity",
      GAUGE,
      "bytes",
      "The bound of heads and meta records on the heap."),
  RUNNING(
      "hyperflow.running", GAUGE, "", "1 while the streams run; 0 while they rebalance or stop."),

  KAFKA_LAG(
      "hyperflow.kafka.lag",
      GAUGE,
      "records",
      "Records still to be read, by input topic.",
      "topic"),
  KAFKA_RESTORE_REMAINING(
      "hyperflow.kafka.restore.remaining",
      GAUGE,
      "records",
      "Records of changelogs still to be restored by active tasks."),
  KAFKA_RESTORED("hyperflow.kafka.restored", COUNTER, "records", "Records that were restored."),
  KAFKA_STANDBY_UPDATED(
      "hyperflow.kafka.standby.updated", COUNTER, "records", "Records that standby tasks took in."),
  KAFKA_DROPPED(
      "hyperflow.kafka.dropped", COUNTER, "records", "Records that Kafka Streams itself dropped."),
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
  KAFKA_THREADS("hyperflow.kafka.threads", GAUGE, "", "Stream threads that are alive."),
  KAFKA_THREADS_FAILED(
      "hyperflow.kafka.threads.failed", COUNTER, "", "Stream threads that failed since the start."),
  KAFKA_REBALANCES(
      "hyperflow.kafka.rebalances", COUNTER, "", "Rebalances that were taken part in."),
  KAFKA_SENT(
      "hyperflow.kafka.sent", COUNTER, "records", "Records sent to output topics and changelogs."),
  KAFKA_SEND_ERRORS(
      "hyperflow.kafka.send.errors", COUNTER, "records", "Records that could not be sent."),
  ROCKSDB_KEYS("hyperflow.rocksdb.keys", GAUGE, "", "Keys of a store, estimated.", "store"),
  ROCKSDB_FILES("hyperflow.rocksdb.files", GAUGE, "bytes", "Bytes on disk of a store.", "store"),
  ROCKSDB_WRITE_BUFFERS(
      "hyperflow.rocksdb.write.buffers",
      GAUGE,
      "bytes",
      "Bytes in write buffers of a store.",
      "store"),
  ROCKSDB_COMPACTION_PENDING(
      "hyperflow.rocksdb.compaction.pending",
      GAUGE,
      "bytes",
      "Bytes that compaction is to rewrite, estimated.",
      "store"),
  ROCKSDB_ERRORS(
      "hyperflow.rocksdb.background.errors",
      COUNTER,
      "",
      "Errors of RocksDB's own threads.",
      "store"),

  JVM_MEMORY_USED("jvm.memory.used", GAUGE, "bytes", "Memory of a pool in use.", "area", "id"),
  JVM_MEMORY_MAX("jvm.memory.max", GAUGE, "bytes", "Bound of a pool, -1 for none.", "area", "id"),
  JVM_GC_PAUSE(
      "jvm.gc.pause",
      TIMER,
      "seconds",
      "Pauses of the garbage collector; seen once there was one.",
      "action",
      "cause",
      "gc"),
  JVM_GC_ALLOCATED("jvm.gc.memory.allocated", COUNTER, "bytes", "Bytes allocated on the heap."),
  JVM_THREADS("jvm.threads.live", GAUGE, "threads", "Threads that are alive."),
  JVM_CLASSES("jvm.classes.loaded", GAUGE, "classes", "Classes that are loaded."),
  PROCESS_CPU(
      "process.cpu.usage", GAUGE, "", "Processor time of the process, 0 to 1 of all processors."),
  PROCESS_FILES("process.files.open", GAUGE, "files", "Open files and sockets; not on Windows."),
  PROCESS_FILES_MAX("process.files.max", GAUGE, "files", "The bound of that; not on Windows."),
  PROCESS_UPTIME("process.uptime", GAUGE, "seconds", "Time since the process started."),
  PROCESS_RESIDENT(
      "hyperflow.process.resident",
      GAUGE,
      "bytes",
      "Resident memory: heap, native memory of models and stores, code; on Linux only."),
  CPUS("system.cpu.count", GAUGE, "", "Processors that the JVM sees.");

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

  /** Its kind. */
  public MeterKind kind() {
    return kind;
  }

  /** Its unit, empty for a plain number. */
  public String unit() {
    return unit;
  }

  /** What it says, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** The keys of its tags. */
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

  /** All of them as a table, Markdown. */
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
