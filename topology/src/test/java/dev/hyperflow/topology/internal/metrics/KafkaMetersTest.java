package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
  private static final double ROUNDING = 1e-12;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<MetricName, Metric> kafka = new HashMap<>();
  private final KafkaMeters meters = new KafkaMeters(new Meters(registry), () -> kafka);

  private record Fixed(MetricName metricName, Object metricValue) implements Metric {}

  @Test
  void shouldAddUpCountsOfThreadsAndTakeTheWorstOfTimes() {
    put("stream-thread-metrics", "process-total", 3.0, Map.of("thread-id", "1"));
    put("stream-thread-metrics", "process-total", 4.0, Map.of("thread-id", "2"));
    put("stream-thread-metrics", "commit-latency-max", 20.0, Map.of("thread-id", "1"));
    put("stream-thread-metrics", "commit-latency-max", 30.0, Map.of("thread-id", "2"));
    meters.refresh();

    assertThat(registry.get("hyperflow.kafka.processed").functionCounter().count()).isEqualTo(7);
    assertThat(gauge("hyperflow.kafka.commit.latency.max")).isCloseTo(0.03, within(ROUNDING));
  }

  @Test
  void shouldKeepStoresApartWhateverTheirKind() {
    put("stream-state-metrics", "estimate-num-keys", 5L, Map.of("rocksdb-state-id", "memory"));
    put("stream-state-metrics", "estimate-num-keys", 6L, Map.of("in-memory-state-id", "inbox"));
    meters.refresh();

    assertThat(gauge("hyperflow.rocksdb.keys", "store", "memory")).isEqualTo(5);
    assertThat(gauge("hyperflow.rocksdb.keys", "store", "inbox")).isEqualTo(6);
  }

  @Test
  void shouldCountLagOfInputTopicsOnly() {
    put("consumer-fetch-manager-metrics", "records-lag", 2.0, topic("queries", "0"));
    put("consumer-fetch-manager-metrics", "records-lag", 3.0, topic("queries", "1"));
    put("consumer-fetch-manager-metrics", "records-lag", 9.0, topic("app-inbox-changelog", "0"));
    put("consumer-fetch-manager-metrics", "records-lag", 9.0, Map.of("client-id", "c"));
    meters.refresh();

    assertThat(registry.get("hyperflow.kafka.lag").gauges()).hasSize(1);
    assertThat(gauge("hyperflow.kafka.lag", "topic", "queries")).isEqualTo(5);
  }

  @Test
  void shouldFallToZeroWhenKafkaMeasuresNothingAnyMore() {
    put("stream-metrics", "alive-stream-threads", 2, Map.of());
    meters.refresh();
    assertThat(gauge("hyperflow.kafka.threads")).isEqualTo(2);

    kafka.clear();
    put("stream-metrics", "alive-stream-threads", Double.NaN, Map.of());
    put("stream-metrics", "state", "RUNNING", Map.of());
    meters.refresh();

    assertThat(gauge("hyperflow.kafka.threads")).isZero();
  }

  private static Map<String, String> topic(String topic, String partition) {
    return Map.of("topic", topic, "partition", partition);
  }

  private void put(String group, String name, Object value, Map<String, String> tags) {
    MetricName metricName = new MetricName(name, group, "", tags);
    kafka.put(metricName, new Fixed(metricName, value));
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }
}
