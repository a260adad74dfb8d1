package dev.hyperflow.topology.internal.view;

import dev.hyperflow.topology.internal.state.StoreNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;

/** Streams that never start: a test says where tenants are and what the stores hold. */
public final class FakeStreams extends KafkaStreams {
  private final Map<String, KeyQueryMetadata> places = new HashMap<>();
  private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
  private final Map<MetricName, Metric> metrics = new HashMap<>();
  private final List<StreamsMetadata> clients = new ArrayList<>();
  private final List<StoreQueryParameters<?>> asked = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private State now = State.CREATED;

  /** Streams without tenants and stores. */
  public FakeStreams(Path directory) {
    super(topology(), settings(directory));
  }

  private static Topology topology() {
    return new Topology().addSource("source", "topic");
  }

  private static Properties settings(Path directory) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "fake");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    return settings;
  }

  /** Puts a tenant on an instance and a partition; {@code HostInfo.unavailable()} is alone. */
  public void place(String tenant, HostInfo active, int partition) {
    places.put(tenant, new KeyQueryMetadata(active, Set.of(), partition));
  }

  /** Gives a store its contents. */
  public void store(String name, KeyValueStore<Bytes, byte[]> contents) {
    stores.put(name, contents);
  }

  void client(String host, int port) {
    clients.add(new Client(new HostInfo(host, port)));
  }

  /** Gives a partition's metric a value. */
  void lag(String topic, int partition, double records) {
    MetricName name =
        new MetricName(
            "records-lag",
            "consumer-fetch-manager-metrics",
            "",
            Map.of("topic", topic, "partition", String.valueOf(partition)));
    metrics.put(
        name,
        new KafkaMetric(
            new Object(),
            name,
            (Gauge<Double>) (config, now) -> records,
            new MetricConfig(),
            Time.SYSTEM));
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return metrics;
  }

  /** Every question fails from now on. */
  void fail(RuntimeException e) {
    failure = Optional.of(e);
  }

  void state(State newState) {
    now = newState;
  }

  /** The stores that were asked for, oldest first. */
  List<StoreQueryParameters<?>> asked() {
    return asked;
  }

  @Override
  public <K> KeyQueryMetadata queryMetadataForKey(String store, K key, Serializer<K> serializer) {
    failure.ifPresent(FakeStreams::raise);
    if (!store.equals(StoreNames.TENANT_META)) {
      throw new AssertionError("expected the store of the tenants, found " + store);
    }
    return places.get(new String(serializer.serialize(store, key), StandardCharsets.UTF_8));
  }

  private static void raise(RuntimeException e) {
    throw e;
  }

  @Override
  public Collection<StreamsMetadata> metadataForAllStreamsClients() {
    return clients;
  }

  @Override
  @SuppressWarnings("unchecked") // the views ask for key-value stores of bytes and nothing else
  public <T> T store(StoreQueryParameters<T> parameters) {
    failure.ifPresent(FakeStreams::raise);
    asked.add(parameters);
    KeyValueStore<Bytes, byte[]> store = stores.get(parameters.storeName());
    if (store == null) {
      throw new InvalidStateStoreException("no store " + parameters.storeName());
    }
    return (T) store;
  }

  @Override
  public State state() {
    return now;
  }

  /** An instance of which only the address counts. */
  private record Client(HostInfo hostInfo) implements StreamsMetadata {
    @Override
    public Set<String> stateStoreNames() {
      return Set.of();
    }

    @Override
    public Set<TopicPartition> topicPartitions() {
      return Set.of();
    }

    @Override
    public Set<TopicPartition> standbyTopicPartitions() {
      return Set.of();
    }

    @Override
    public Set<String> standbyStateStoreNames() {
      return Set.of();
    }

    @Override
    public String host() {
      return hostInfo.host();
    }

    @Override
    public int port() {
      return hostInfo.port();
    }
  }
}
