package dev.hyperflow.topology.internal.view;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import dev.hyperflow.topology.internal.rollout.RolloutProgress;
import dev.hyperflow.topology.internal.source.TenantKeys;
import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.internal.state.TenantReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What a running instance knows, read-only. Thread-safe. Owns nothing. */
public final class InstanceView {
  // Records of a tenant are partitioned by their key's bytes, so the owner is found with the same
  // bytes and Kafka's own partitioner. Stores are asked for anew each time: a store that was found
  // is closed when its task moves.

  /** All tasks are of the one sub-topology. */
  private static final String TASK_PREFIX = "0_";

  private final KafkaStreams streams;
  private final BundleRollout rollout;
  private final Recorder recorder;
  private final RestoreProgress restoring;
  private final HeadCache heads;
  private final HostInfo self;

  /**
   * A view of an instance's parts.
   *
   * @param self where others reach this instance; empty when it is alone
   */
  public InstanceView(
      KafkaStreams streams,
      BundleRollout rollout,
      Recorder recorder,
      RestoreProgress restoring,
      HeadCache heads,
      Optional<HostInfo> self) {
    this.streams = streams;
    this.rollout = rollout;
    this.recorder = recorder;
    this.restoring = restoring;
    this.heads = heads;
    this.self = self.orElse(HostInfo.unavailable());
  }

  /** Who answers for a tenant now. */
  public Owner owner(String tenant) {
    KeyQueryMetadata found = place(tenant);
    if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      return new Owner.Unknown();
    }
    HostInfo host = found.activeHost();
    return isHere(host) ? new Owner.Local() : new Owner.Remote(host.host(), host.port());
  }

  private KeyQueryMetadata place(String tenant) {
    try {
      return streams.queryMetadataForKey(
          StoreNames.TENANT_META, TenantKeys.encode(tenant), new ByteArraySerializer());
    } catch (IllegalStateException | InvalidStateStoreException e) {
      return KeyQueryMetadata.NOT_AVAILABLE;
    }
  }

  /** Without addresses of instances there is but one. */
  private boolean isHere(HostInfo host) {
    return host.equals(HostInfo.unavailable()) || host.equals(self);
  }

  /** The other instances that are known now. */
  public List<Owner.Remote> others() {
    List<Owner.Remote> others = new ArrayList<>();
    for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
      HostInfo host = instance.hostInfo();
      if (!isHere(host)) {
        others.add(new Owner.Remote(host.host(), host.port()));
      }
    }
    return others;
  }

  /**
   * A tenant's memory, whole. It reads once: the caller decides how long it tries.
   *
   * @throws StateUnavailableException when it cannot be read now
   */
  public TenantSnapshot snapshot(String tenant) {
    TenantReader reader = readerOf(tenant);
    return reading(
        () -> {
          TenantSnapshot snapshot = reader.snapshot(tenant);
          if (!snapshot.isWhole()) {
            throw new StateUnavailableException("a task is writing to the tenant's memory");
          }
          return snapshot;
        });
  }

  /**
   * What is known of a tenant without its examples.
   *
   * @throws StateUnavailableException when it cannot be read now
   */
  public TenantMeta meta(String tenant) {
    return reading(() -> readerOf(tenant).meta(tenant));
  }

  /**
   * A tenant's live quality, if it was ever observed.
   *
   * @throws StateUnavailableException when it cannot be read now
   */
  public Optional<TenantQuality> quality(String tenant) {
    return reading(() -> readerOf(tenant).quality(tenant));
  }

  /**
   * Hands over every tenant of this instance, in no particular order.
   *
   * @throws StateUnavailableException when they cannot be read now
   */
  public void forEachTenant(TenantVisitor visitor) {
    reading(
        () -> {
          TenantReader reader = readerOf(Optional.empty());
          reader.forEach(
              (tenant, meta) -> visitor.visit(tenant, meta, () -> reader.quality(tenant)));
          return visitor;
        });
  }

  /**
   * What this instance holds of a tenant, in all its partitions.
   *
   * @param partitions how many partitions are here
   * @param entries by store; stores without entries are left out
   */
  public record Remains(int partitions, Map<String, Long> entries) {

    public Remains {
      entries = Map.copyOf(entries);
    }
  }

  /**
   * Looks for a tenant in every store of every partition of this instance.
   *
   * @throws StateUnavailableException when one of them cannot be read now
   */
  public Remains remains(String tenant) {
    Set<Integer> partitions = partitions();
    Map<String, Long> entries = new TreeMap<>();
    for (int partition : partitions) {
      reading(() -> readerOf(Optional.of(partition)).remains(tenant))
          .forEach((store, count) -> entries.merge(store, count, Long::sum));
    }
    return new Remains(partitions.size(), entries);
  }

  private Set<Integer> partitions() {
    Set<Integer> partitions = new TreeSet<>();
    streams
        .metadataForLocalThreads()
        .forEach(
            thread ->
                thread.activeTasks().forEach(task -> partitions.add(task.taskId().partition())));
    return partitions;
  }

  /**
   * How many examples of a tenant each partition of this instance has, as far as it knows the
   * tenant.
   *
   * @throws StateUnavailableException when one of them cannot be read now
   */
  public SortedMap<Integer, Integer> examplesByPartition(String tenant) {
    SortedMap<Integer, Integer> examples = new TreeMap<>();
    for (int partition : partitions()) {
      TenantMeta meta = reading(() -> readerOf(Optional.of(partition)).meta(tenant));
      if (meta.events() > 0) {
        examples.put(partition, meta.examples());
      }
    }
    return examples;
  }

  /**
   * The partition of a tenant's key.
   *
   * @throws StateUnavailableException when it is moving
   */
  public int partitionOf(String tenant) {
    KeyQueryMetadata found = place(tenant);
    if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
      throw new StateUnavailableException("the tenant's partition is moving", null);
    }
    return found.partition();
  }

  /** Is shown every tenant. */
  @FunctionalInterface
  public interface TenantVisitor {
    /** Is shown one; its quality is read when it is asked for. */
    void visit(String tenant, TenantMeta meta, Supplier<Optional<TenantQuality>> quality);
  }

  /**
   * Hands over remembered queries of this instance without their features, in no particular order.
   *
   * @param tenant whose; empty for all
   * @throws StateUnavailableException when they cannot be read now
   */
  public void forEachQuery(Optional<String> tenant, TenantReader.QueryVisitor visitor) {
    reading(
        () -> {
          TenantReader reader =
              tenant.map(this::readerOf).orElseGet(() -> readerOf(Optional.empty()));
          reader.forEachQuery(tenant, visitor);
          return visitor;
        });
  }

  /**
   * A tenant's remembered query of that id.
   *
   * @throws StateUnavailableException when it cannot be read now
   */
  public Optional<RememberedQuery> query(String tenant, String queryId) {
    return reading(() -> readerOf(tenant).query(tenant, queryId));
  }

  /**
   * A tenant of this instance with an example whose text was not kept, if there is one.
   *
   * @throws StateUnavailableException when they cannot be read now
   */
  public Optional<String> tenantWithoutText() {
    boolean isIdle =
        streams.state() == KafkaStreams.State.RUNNING
            && streams.metadataForLocalThreads().stream()
                .allMatch(thread -> thread.activeTasks().isEmpty());
    if (isIdle) {
      return Optional.empty(); // more instances than partitions: no tenant is here
    }
    return reading(() -> readerOf(Optional.empty()).tenantWithoutText());
  }

  private TenantReader readerOf(String tenant) {
    return readerOf(Optional.of(partitionOf(tenant)));
  }

  /** A reader of one partition, or of all that are here. */
  private TenantReader readerOf(Optional<Integer> partition) {
    return new TenantReader(name -> store(name, partition));
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, Optional<Integer> partition) {
    StoreQueryParameters<ReadOnlyKeyValueStore<Bytes, byte[]>> parameters =
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore());
    return streams.store(
        partition.isPresent() ? parameters.withPartition(partition.get()) : parameters);
  }

  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StateUnavailableException e) {
      throw e;
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new StateUnavailableException("the state is moving, or a task is restoring it", e);
    }
  }

  /** The model that answers a tenant's queries; to be closed. */
  public ModelLease model(String tenant) {
    KeyQueryMetadata found = place(tenant);
    return rollout.lease(TASK_PREFIX + (found == null ? -1 : found.partition()), tenant);
  }

  /**
   * The model that answers a tenant's queries, for features that were read; to be closed.
   *
   * @param meta the tenant as it was read
   * @throws StateUnavailableException when the tenant has moved to another encoder meanwhile
   */
  public ModelLease model(String tenant, TenantMeta meta) {
    ModelLease lease = model(tenant);
    if (SupportMemory.isForeign(meta, lease.model().featureSpace())) {
      lease.close();
      throw new StateUnavailableException("the tenant's examples move to another encoder");
    }
    return lease;
  }

  /** Names the encoder of texts, if there is one. */
  public Optional<String> encoder() {
    try (ModelLease lease = rollout.lease("", "")) {
      return Optional.of(lease.model().featureSpace()).filter(name -> !name.isEmpty());
    }
  }

  /**
   * How many records of the input topics wait to be read.
   *
   * @param topics the input topics
   */
  public long backlog(Set<String> topics) {
    double waiting = 0;
    for (Map.Entry<MetricName, ? extends Metric> metric : streams.metrics().entrySet()) {
      MetricName name = metric.getKey();
      if (name.name().equals("records-lag")
          && topics.contains(name.tags().getOrDefault("topic", ""))
          && metric.getValue().metricValue() instanceof Double lag
          && Double.isFinite(lag)) {
        waiting += lag;
      }
    }
    return Math.round(waiting);
  }

  /** How far changes of bundles are. */
  public RolloutProgress rollout() {
    return rollout.progress();
  }

  /** What the engines did. */
  public Recorder recorder() {
    return recorder;
  }

  /** What is left to restore. */
  public RestoreProgress.Left restoring() {
    return restoring.left();
  }

  /** The heads that were integrated for readers. */
  public HeadCache heads() {
    return heads;
  }

  /** The state of the streams. */
  public KafkaStreams.State state() {
    return streams.state();
  }
}
