package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeterCatalogueTest {
  private static final int MAX_WORDS = 25;

  @Test
  void shouldKeepTheTableInTheDocumentsUpToDate() {
    Golden.assertSame(
        Path.of("../docs/metrics.md"),
        """
        # Metrics

        `GET /metrics` returns these metrics in Prometheus' text format. Every sample also has the tag
        `application`, with the value of `application.id`. Prometheus adds `instance`. Timers are in
        seconds and have a histogram. This is the 99th percentile over all instances:
        `histogram_quantile(0.99, sum by (le) (rate(<name>_bucket[5m])))`. Counters start at 0 with the
        process.

        Metrics per tenant cover the busiest `metrics.tenants` of each instance. So the size of a scrape
        does not grow with the number of tenants. The metrics contain tenant ids: everyone who may read
        metrics may read them. `metrics.tenants=0` turns these metrics off.

        `hyperflow_kafka_*` and `hyperflow_rocksdb_*` are Kafka Streams' own metrics, combined over the
        threads, tasks and stores of an instance. JMX still has each of them. Kafka averages some of them
        over a window of 30 s. These are 0 while nothing happens.

        [operations.md](operations.md) says where the dashboards and alerts are, and what to do at each
        alert. The code writes this table (`MeterCatalogue`).

        """
            + MeterCatalogue.table(),
        "the table lists every meter");
  }

  @Test
  void shouldNameNoMeterTwice() {
    assertThat(Arrays.stream(MeterCatalogue.values()).map(MeterCatalogue::meterName))
        .doesNotHaveDuplicates();
    assertThat(Arrays.stream(MeterCatalogue.values()).flatMap(entry -> entry.samples().stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNameSamplesAsPrometheusDoes() {
    assertThat(MeterCatalogue.EVENTS.samples()).containsExactly("hyperflow_events_total");
    assertThat(MeterCatalogue.RUNNING.samples()).containsExactly("hyperflow_running");
    assertThat(MeterCatalogue.BATCH_SIZE.samples())
        .containsExactly(
            "hyperflow_batch_size_events_count",
            "hyperflow_batch_size_events_sum",
            "hyperflow_batch_size_events_bucket",
            "hyperflow_batch_size_events_max");
  }

  @Test
  void shouldFindAnEntryByItsNameInMicrometer() {
    assertThat(MeterCatalogue.of("hyperflow.batches")).contains(MeterCatalogue.BATCHES);
    assertThat(MeterCatalogue.of("hyperflow.unknown")).isEmpty();
  }

  @Test
  void shouldSayInShortSentencesWhatAMeterMeans() {
    assertThat(Arrays.stream(MeterCatalogue.values()).map(MeterCatalogue::meaning))
        .allMatch(meaning -> meaning.endsWith("."))
        .allSatisfy(
            meaning ->
                assertThat(meaning.split("[.:] "))
                    .allMatch(sentence -> sentence.split(" ").length <= MAX_WORDS));
  }

  @Test
  void shouldTakeKafkasFiguresForItsOwnMetersOnly() {
    assertThat(Arrays.stream(KafkaFigure.values()).map(KafkaFigure::key)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(KafkaFigure.values()))
        .allSatisfy(
            figure -> assertThat(figure.tag().stream().toList()).isEqualTo(figure.entry().tags()));
  }
}
