package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  @Test
  void shouldTakeNameUnitAndMeaningFromTheCatalogue() {
    meters.summary(MeterCatalogue.BATCH_SIZE).record(3);

    Meter.Id id = registry.get("hyperflow.batch.size").summary().getId();
    assertThat(id.getBaseUnit()).isEqualTo("events");
    assertThat(id.getDescription()).isEqualTo(MeterCatalogue.BATCH_SIZE.meaning());
    assertThat(meters.counter(MeterCatalogue.INTEGRATIONS).getId().getBaseUnit()).isNull();
  }

  @Test
  void shouldPairValuesWithTheTagsOfAnEntryInTheirOrder() {
    assertThat(Meters.tags(MeterCatalogue.DEAD_LETTERS, "DECODE", "UNDECODABLE"))
        .containsExactly(Tag.of("stage", "DECODE"), Tag.of("reason", "UNDECODABLE"));
    assertThat(Meters.tags(MeterCatalogue.INTEGRATIONS)).isEmpty();
  }

  @Test
  void shouldGiveTheSameCounterForTheSameTags() {
    Counter decode = meters.counter(MeterCatalogue.DEAD_LETTERS, "DECODE", "UNDECODABLE");

    assertThat(meters.counter(MeterCatalogue.DEAD_LETTERS, "DECODE", "UNDECODABLE"))
        .isSameAs(decode);
    assertThat(meters.counter(MeterCatalogue.DEAD_LETTERS, "SCORE", "UNDECODABLE"))
        .isNotSameAs(decode);
  }

  @Test
  void shouldShowWhatOthersCount() {
    AtomicLong counted = new AtomicLong(3);
    meters.counter(MeterCatalogue.DEVICE_RUNS, counted::get, "encoder");
    meters.gauge(MeterCatalogue.TASKS, counted::get);
    counted.incrementAndGet();

    assertThat(registry.get("hyperflow.device.runs").functionCounter().count()).isEqualTo(4);
    assertThat(registry.get("hyperflow.tasks").gauge().value()).isEqualTo(4);
  }

  @Test
  void shouldHaveBucketsFromHalfAMillisecondToAMinute() {
    Timer timer = meters.timer(MeterCatalogue.ENCODE);
    timer.record(Duration.ofMillis(3));

    double[] buckets =
        Arrays.stream(timer.takeSnapshot().histogramCounts())
            .mapToDouble(bucket -> bucket.bucket(TimeUnit.MILLISECONDS))
            .toArray();
    assertThat(buckets).isSorted().startsWith(0.5).endsWith(60_000);
  }
}
