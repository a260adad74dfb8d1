package dev.hyperflow.topology.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeterCatalogueTest {

  @Test
  void shouldKeepTheTableInTheDocumentsUpToDate() {
    Golden.assertSame(
        Path.of("../docs/metrics.md"),
        """
        # Metrics

        What `GET /metrics` gives, in Prometheus' text format. Every sample also has the tag
        `application`, the `application.id`; Prometheus adds `instance`. A timer is in seconds and has
        a histogram: `histogram_quantile(0.99, sum by (le) (rate(<name>_bucket[5m])))` is its 99th
        percentile over all instances. Counters begin anew with the process.

        Per-tenant figures are those of the busiest `metrics.tenants` of each instance, so what a scrape
        gives does not grow with the number of tenants. Their ids are in it: whoever may read metrics may
        read them. `metrics.tenants=0` turns them off.

        `hyperflow_kafka_*` and `hyperflow_rocksdb_*` are Kafka Streams' own metrics, folded over the
        threads, tasks and stores of an instance; all of them are still there by JMX. Figures that Kafka
        averages over a window (30 s) are 0 while nothing happens.

        Where the dashboards and alerts are, and what to do at each alert, is in
        [operations.md](operations.md). The table is written by the code (`MeterCatalogue`).

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
  void shouldTakeKafkasFiguresForItsOwnMetersOnly() {
    assertThat(Arrays.stream(KafkaFigure.values()).map(KafkaFigure::key)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(KafkaFigure.values()))
        .allSatisfy(
            figure -> assertThat(figure.tag().stream().toList()).isEqualTo(figure.entry().tags()));
  }
}
