package dev.hyperflow.topology.internal.emit;

import dev.hyperflow.engine.internal.event.QualityReport;
import dev.hyperflow.events.TenantQuality;
import dev.hyperflow.topology.internal.source.TenantKeys;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the records of the quality topic. */
public final class Qualities {
  private Qualities() {}

  /** The report, under its tenant. */
  public static Record<byte[], Object> record(QualityReport report) {
    return new Record<>(
        TenantKeys.encode(report.tenant()),
        TenantQuality.newBuilder()
            .setBundleId(report.bundleId())
            .setObservations(report.observations())
            .setAccuracyBefore(report.accuracyBefore())
            .setAccuracyAfter(report.accuracyAfter())
            .setDriftDetected(report.driftDetected())
            .setDrifts(report.drifts())
            .setLastTimestampEpochMillis(report.timestampMillis())
            .build(),
        report.timestampMillis());
  }
}
