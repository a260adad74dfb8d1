package dev.hyperflow.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.LiveApplication;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.metrics.MeterCatalogue;
import dev.hyperflow.topology.internal.metrics.MeterKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MetricsPageTest {
  private static final int TENANTS = 3;
  private static final String NASTY = "tenant \"with\\ everything}";

  /** What nothing in the play below makes other than zero: failures, devices, background work. */
  private static final Set<MeterCatalogue> MAY_BE_ZERO =
      EnumSet.of(
          MeterCatalogue.INTEGRATIONS_SAFEGUARDED,
          MeterCatalogue.INTEGRATIONS_FAILED,
          MeterCatalogue.STALE_TENANTS,
          MeterCatalogue.SWEEPS,
          MeterCatalogue.SWEPT_TENANTS,
          MeterCatalogue.HEALED_TENANTS,
          MeterCatalogue.TEXTS_CUT,
          MeterCatalogue.FEEDBACK_MET,
          MeterCatalogue.DRIFTS,
          MeterCatalogue.TENANT_DRIFTS,
          MeterCatalogue.TENANT_DRIFTING,
          MeterCatalogue.SHADOW_ANSWERS,
          MeterCatalogue.DEVICE_FALLBACK,
          MeterCatalogue.DEVICE_FAILURES,
          MeterCatalogue.DEVICE_HALVINGS,
          MeterCatalogue.DEVICE_TRIPS,
          MeterCatalogue.DEVICE_REQUESTS,
          MeterCatalogue.DEVICE_RUNS,
          MeterCatalogue.KAFKA_LAG,
          MeterCatalogue.KAFKA_RESTORE_REMAINING,
          MeterCatalogue.KAFKA_RESTORED,
          MeterCatalogue.KAFKA_STANDBY_UPDATED,
          MeterCatalogue.KAFKA_DROPPED,
          MeterCatalogue.KAFKA_THREADS_FAILED,
          MeterCatalogue.KAFKA_SEND_ERRORS,
          MeterCatalogue.ROCKSDB_FILES,
          MeterCatalogue.ROCKSDB_COMPACTION_PENDING,
          MeterCatalogue.ROCKSDB_ERRORS,
          MeterCatalogue.JVM_GC_PAUSE,
          MeterCatalogue.PROCESS_CPU);

  /** What only mapped topics have; {@code MappedInputsTest} looks at it. */
  private static final Set<MeterCatalogue> OF_MAPPED_TOPICS =
      EnumSet.of(MeterCatalogue.RECORDS_REPARTITIONED);

  @TempDir Path directory;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldShowEveryMeterOfTheCatalogueAndNoOther() throws Exception {
    try (LiveApplication live =
            new LiveApplication(
                directory,
                Map.of(
                    "quality.report-every", "1",
                    "prediction.abstain-below", "1.0",
                    "metrics.tenants", "2"));
        MetricsPage page = new MetricsPage(live.config());
        RunningApplication application = live.start(Telemetry.of(page.meters()))) {
      // When something of everything happens
      play(live);
      System.gc();

      // Then all that is catalogued is there, and has moved unless it stands for a failure
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                Map<String, Double> samples = samples(page.scrape());
                Set<String> seen = samples.keySet();
                assertThat(unseen(samples)).as("catalogued, but not seen").isEmpty();
                assertThat(seen.stream().filter(name -> !catalogued(name)))
                    .as("seen, but not in the catalogue")
                    .isEmpty();
                assertThat(unmoved(samples)).as("never moved").isEmpty();
              });

      // And the figures are those of what was sent
      String text = page.scrape();
      assertThat(text)
          .contains("hyperflow_answers_total{application=\"live\",status=\"PERSONALISED\"} 9.0")
          .contains("hyperflow_events_total{application=\"live\",kind=\"query\"} 9.0")
          .contains("reason=\"UNDECODABLE\",stage=\"DECODE\"} 1.0")
          .contains("reason=\"EMPTY_TEXT\",stage=\"VALIDATE\"} 1.0")
          .contains(
              "hyperflow_events_ignored_total{application=\"live\",reason=\"UNKNOWN_EVENT\"} 1.0")
          .contains("hyperflow_rocksdb_keys{application=\"live\",store=\"support-memory\"}");
      // And only the busiest tenants are named, whatever their names are
      assertThat(text.lines().filter(line -> line.startsWith("hyperflow_tenant_events{")))
          .hasSize(2)
          .anyMatch(line -> line.contains("tenant=\"tenant \\\"with\\\\ everything}\""));
      assertThat(application.isRunning()).isTrue();
    }
  }

  private static void play(LiveApplication live) {
    for (int i = 0; i < TENANTS; i++) {
      String tenant = i == 0 ? NASTY : "tenant-" + i;
      live.teach(tenant, "1", "billing", "I was charged twice");
      live.teach(tenant, "2", "access", "I cannot log in");
      live.ask(tenant, "q1", "there is a second charge");
      live.await("predictions", 3 * i + 1);
      live.teach(tenant, "3", "billing", "please refund the charge");
      live.teach(tenant, "4", "access", "my password does not work");
      live.ask(tenant, "q2", "the charge is wrong");
      live.ask(tenant, "q3", "no login");
      live.await("predictions", 3 * i + 3);
    }
    live.retract(NASTY, "5", "never-there");
    live.teachEverywhere("elsewhere", "billing", "I was charged twice");
    live.teach("tenant-1", "6", "billing", "");
    live.sendBytes("support", "tenant-1", new byte[] {1, 2, 3}, new RecordHeaders());
    live.await("dead-letters", 2);
  }

  private static Set<MeterCatalogue> unseen(Map<String, Double> samples) {
    return Arrays.stream(MeterCatalogue.values())
        .filter(entry -> !OF_MAPPED_TOPICS.contains(entry))
        .filter(entry -> entry.samples().stream().noneMatch(samples::containsKey))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(MeterCatalogue.class)));
  }

  private static Set<MeterCatalogue> unmoved(Map<String, Double> samples) {
    return Arrays.stream(MeterCatalogue.values())
        .filter(entry -> !MAY_BE_ZERO.contains(entry) && !OF_MAPPED_TOPICS.contains(entry))
        .filter(
            entry ->
                samples.getOrDefault(
                        entry.kind() == MeterKind.GAUGE || entry.kind() == MeterKind.COUNTER
                            ? entry.samples().get(0)
                            : entry.prometheusName() + "_count",
                        0.0)
                    == 0)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(MeterCatalogue.class)));
  }

  private static boolean catalogued(String sample) {
    return Arrays.stream(MeterCatalogue.values())
        .anyMatch(entry -> entry.samples().contains(sample));
  }

  /** The largest value of each sample's name. */
  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new TreeMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int name = line.indexOf('{');
              double value = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
              samples.merge(line.substring(0, name), Math.abs(value), Math::max);
            });
    return samples;
  }
}
