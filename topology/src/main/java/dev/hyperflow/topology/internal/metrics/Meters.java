package dev.hyperflow.topology.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Makes the meters of the catalogue in a registry. Thread-safe as far as the registry is. */
final class Meters {
  // The buckets are the same for all: a dashboard adds up instances, and a bucket costs a sample of
  // every scrape. From a half millisecond to a minute, about two to a factor of ten.
  private static final Duration[] TIMES =
      Stream.of(500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000)
          .map(micros -> Duration.ofNanos(micros * 1_000L))
          .toArray(Duration[]::new);

  private static final Duration[] LONG_TIMES =
      Stream.of(1, 2, 5, 10, 30, 60).map(Duration::ofSeconds).toArray(Duration[]::new);

  private static final double[] SIZES =
      DoubleStream.iterate(1, size -> 2 * size).limit(10).toArray();

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A counter; the values belong to the entry's tags, in their order. */
  Counter counter(MeterCatalogue entry, String... values) {
    return Counter.builder(entry.meterName())
        .description(entry.meaning())
        .baseUnit(unit(entry))
        .tags(tags(entry, values))
        .register(registry);
  }

  /** A counter that somebody else counts. */
  void counter(MeterCatalogue entry, LongSupplier count, String... values) {
    // The registry holds what it counts weakly, so that is itself; the function is held for good.
    FunctionCounter.builder(entry.meterName(), registry, ignored -> count.getAsLong())
        .description(entry.meaning())
        .baseUnit(unit(entry))
        .tags(tags(entry, values))
        .register(registry);
  }

  /** A gauge that reads the value at each scrape; the registry keeps the supplier. */
  void gauge(MeterCatalogue entry, DoubleSupplier value, String... values) {
    Gauge.builder(entry.meterName(), value, DoubleSupplier::getAsDouble)
        .description(entry.meaning())
        .baseUnit(unit(entry))
        .tags(tags(entry, values))
        .strongReference(true)
        .register(registry);
  }

  /** Gauges whose tags come and go. */
  MultiGauge gauges(MeterCatalogue entry) {
    return MultiGauge.builder(entry.meterName())
        .description(entry.meaning())
        .baseUnit(unit(entry))
        .register(registry);
  }

  /** A timer with a histogram; its buckets reach from half a millisecond to a minute. */
  Timer timer(MeterCatalogue entry) {
    return Timer.builder(entry.meterName())
        .description(entry.meaning())
        .serviceLevelObjectives(
            Stream.concat(Stream.of(TIMES), Stream.of(LONG_TIMES)).toArray(Duration[]::new))
        .register(registry);
  }

  /** A histogram of sizes; its buckets are the powers of two from 1 to 512. */
  DistributionSummary summary(MeterCatalogue entry) {
    return DistributionSummary.builder(entry.meterName())
        .description(entry.meaning())
        .baseUnit(unit(entry))
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }

  /** Nanoseconds of the registry's clock, for durations. */
  long now() {
    return registry.config().clock().monotonicTime();
  }

  static List<Tag> tags(MeterCatalogue entry, String... values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(entry.tags().get(i), values[i]));
    }
    return tags;
  }

  private static String unit(MeterCatalogue entry) {
    return entry.unit().isEmpty() ? null : entry.unit();
  }
}
