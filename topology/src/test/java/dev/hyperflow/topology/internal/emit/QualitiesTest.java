package dev.hyperflow.topology.internal.emit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.QualityReport;
import dev.hyperflow.events.TenantQuality;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class QualitiesTest {
  @Test
  void shouldPublishTheReportUnderItsTenant() {
    Record<byte[], Object> record =
        Qualities.record(new QualityReport("acme", 42, "bundle-1", 30, 0.5f, 0.75f, true, 2));

    assertThat(record.key()).isEqualTo("acme".getBytes(UTF_8));
    assertThat(record.timestamp()).isEqualTo(42);
    assertThat(record.value())
        .isEqualTo(
            TenantQuality.newBuilder()
                .setBundleId("bundle-1")
                .setObservations(30)
                .setAccuracyBefore(0.5f)
                .setAccuracyAfter(0.75f)
                .setDriftDetected(true)
                .setDrifts(2)
                .setLastTimestampEpochMillis(42)
                .build());
  }
}
