package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.files.FilePreview;
import dev.hyperflow.engine.internal.files.FileRow;
import dev.hyperflow.engine.internal.files.FileShape;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.server.json.Imports;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A preview as JSON. Long lists are cut. */
final class ImportReport {
  private static final int MAX_TENANTS = 200;
  private static final int MAX_LABELS = 200;

  private ImportReport() {}

  static Imports.Report of(
      FilePreview found, boolean preview, Optional<String> stopped, MemorySettings memory) {
    FilePreview.Counts counts = found.counts();
    return new Imports.Report(
        preview,
        shape(found.shape()),
        new Imports.Counts(
            counts.rows(),
            counts.taken(),
            counts.repeated(),
            counts.unlabelled(),
            counts.refused()),
        found.tenants().size(),
        found.tenants().stream().mapToInt(tenant -> tenant.labels().size()).sum(),
        found.tenants().stream().limit(MAX_TENANTS).map(ImportReport::tenant).toList(),
        found.first().stream()
            .map(
                row ->
                    new Imports.Row(
                        row.line(),
                        row.utterance().tenant(),
                        row.utterance().label(),
                        row.utterance().text()))
            .toList(),
        found.findings().stream()
            .map(
                finding ->
                    new Imports.Finding(
                        finding.kind().name(),
                        finding.kind().isWrong(),
                        finding.message(),
                        finding.count(),
                        finding.lines()))
            .toList(),
        found.looksWrong(),
        found.refusals().stream()
            .sorted(Comparator.comparingLong(FileRow.Refused::line))
            .map(refusal -> new Imports.Refusal(refusal.line(), refusal.reason()))
            .toList(),
        stopped.orElse(null),
        new Imports.Memory(memory.examplesPerLabel(), memory.examplesPerTenant()));
  }

  private static Imports.Shape shape(FileShape shape) {
    Map<String, Integer> columns = new TreeMap<>();
    shape.columns().forEach((role, column) -> columns.put(role.toString(), column));
    return new Imports.Shape(
        shape.format().toString(),
        shape.encoding(),
        shape.marked(),
        shape.separator().map(String::valueOf).orElse(null),
        shape.header().orElse(null),
        columns);
  }

  private static Imports.Tenant tenant(FilePreview.Tenant tenant) {
    return new Imports.Tenant(
        tenant.name(),
        tenant.rows(),
        tenant.labels().size(),
        tenant.labels().stream()
            .limit(MAX_LABELS)
            .map(label -> new Imports.Label(label.name(), label.rows()))
            .toList());
  }
}
