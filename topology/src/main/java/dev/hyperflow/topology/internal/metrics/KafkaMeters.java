package dev.hyperflow.topology.internal.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * A bounded selection of Kafka Streams' own metrics, RocksDB's among them, folded over threads,
 * tasks and stores. As they were at the last refresh. For one thread at a time; read by any.
 */
final class KafkaMeters {
  private static final Map<String, KafkaFigure> FIGURES =
      Arrays.stream(KafkaFigure.values())
          .collect(Collectors.toUnmodifiableMap(KafkaFigure::key, Function.identity()));

  /** Kafka names a store's tag by its kind: rocksdb-state-id and others. */
  private static final String STORE_TAG_SUFFIX = "-state-id";

  private final Meters meters;
  private final Supplier<Map<MetricName, ? extends Metric>> source;
  private final ConcurrentMap<Place, Double> values = new ConcurrentHashMap<>();

  /** A figure, and the value of its tag. */
  private record Place(KafkaFigure figure, String tag) {}

  KafkaMeters(Meters meters, Supplier<Map<MetricName, ? extends Metric>> source) {
    this.meters = meters;
    this.source = source;
    for (KafkaFigure figure : KafkaFigure.values()) {
      if (figure.tag().isEmpty()) {
        register(new Place(figure, ""));
      }
    }
  }

  /** Reads all of Kafka's metrics once. */
  void refresh() {
    Map<Place, Double> found = new ConcurrentHashMap<>();
    source
        .get()
        .forEach(
            (name, metric) -> {
              KafkaFigure figure = FIGURES.get(KafkaFigure.key(name.group(), name.name()));
              if (figure != null && metric.metricValue() instanceof Number number) {
                add(found, figure, name, number.doubleValue());
              }
            });
    for (Place known : values.keySet()) {
      values.put(known, found.getOrDefault(known, 0.0));
    }
    found.forEach(
        (place, value) -> {
          if (values.put(place, value) == null) {
            register(place);
          }
        });
  }

  private static void add(
      Map<Place, Double> found, KafkaFigure figure, MetricName name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return; // what was not measured yet
    }
    String tag = figure.tag().map(wanted -> tagOf(name, wanted)).orElse("");
    if (figure.tag().isPresent() && tag.isEmpty()) {
      return; // a total over topics beside those of the topics
    }
    if (figure == KafkaFigure.LAG && (tag.endsWith("-changelog") || tag.isEmpty())) {
      return; // a standby's
    }
    found.merge(new Place(figure, tag), value * figure.scale(), figure.fold()::apply);
  }

  private static String tagOf(MetricName name, String wanted) {
    return name.tags().entrySet().stream()
        .filter(
            tag ->
                tag.getKey().equals(wanted)
                    || (wanted.equals("store")
                        && tag.getKey().toLowerCase(Locale.ROOT).endsWith(STORE_TAG_SUFFIX)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private void register(Place place) {
    values.putIfAbsent(place, 0.0);
    MeterCatalogue entry = place.figure().entry();
    String[] tags = place.tag().isEmpty() ? new String[0] : new String[] {place.tag()};
    if (entry.kind() == MeterKind.COUNTER) {
      meters.counter(entry, () -> values.get(place).longValue(), tags);
    } else {
      meters.gauge(entry, () -> values.get(place), tags);
    }
  }
}
