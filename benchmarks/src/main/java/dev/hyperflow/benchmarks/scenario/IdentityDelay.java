package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.DirectProducer;
import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How long a query takes to its committed copy through the identity topology, when tenants ask in
 * turn all the time. Kafka Streams, its broker and the machine take that long by themselves.
 */
final class IdentityDelay {
  private final WarmTenants warm;
  private final Map<String, Queue<Long>> underWay = new HashMap<>();
  private final List<Double> millis = new ArrayList<>();

  IdentityDelay(WarmTenants warm) {
    this.warm = warm;
  }

  /**
   * Measures.
   *
   * @param load how much to warm up with
   * @param tenants how many ask
   * @param betweenNanos nanoseconds between two queries of a tenant
   * @param queries how many count; a tenth more are thrown away before
   * @return milliseconds, ascending
   */
  double[] measure(BenchSettings.Load load, int tenants, long betweenNanos, int queries) {
    String servers = warm.platform().bootstrapServers();
    try (Application identity = warm.platform().start(Role.IDENTITY, "identity-delay", Map.of())) {
      for (int i = 0; i < load.warmups(); i++) {
        warm.packed(identity, load);
      }
      try (PredictionFeed feed = new PredictionFeed(servers, identity.predictions());
          DirectProducer producer = new DirectProducer(servers, 0)) {
        new SteadyLoad(queries + queries / 10, tenants * 1e9 / betweenNanos)
            .run(feed, i -> send(identity, producer, i, i % tenants), this::isCopy);
      }
    }
    double[] counted =
        millis.subList(queries / 10, millis.size()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    Arrays.sort(counted);
    return counted;
  }

  private void send(Application identity, DirectProducer producer, int number, int tenant) {
    underWay
        .computeIfAbsent(PredictionFeed.tenant(tenant), key -> new ArrayDeque<>())
        .add(System.nanoTime());
    producer.send(warm.maker().query(identity.queries(), tenant, "delay-" + number, number));
  }

  /** Queries of a tenant are copied in their order. */
  private boolean isCopy(ConsumerRecord<byte[], byte[]> copy) {
    String tenant = new String(copy.key(), StandardCharsets.UTF_8);
    return millis.add((System.nanoTime() - underWay.get(tenant).remove()) / 1e6);
  }
}
