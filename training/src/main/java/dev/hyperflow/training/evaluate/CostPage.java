package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.report.Document;
import java.util.List;
import java.util.Locale;

/** The part of a report about the cost of a head. */
final class CostPage {

  private static final double KIBIBYTE = 1024;

  private CostPage() {}

  static Document of(Findings.Aims aims) {
    Document page = new Document("Cost of a head").heading("Cost of a head");
    if (aims.costs().isEmpty()) {
      return page.paragraph("Not measured: no set has 20 labels with eight texts each.");
    }
    return page.paragraph(
            "A task has 20 labels and 100 examples. Times are medians on one thread."
                + " Allocation counts Java objects only."
                + " The memory that ONNX Runtime keeps for tensors was not measured.")
        .table(
            List.of("method", "heads a call", "ms a head", "Java allocation, KiB"),
            aims.costs().stream().map(CostPage::row).toList());
  }

  private static List<String> row(CostMeter.Cost cost) {
    return List.of(
        cost.method(),
        Integer.toString(cost.batch()),
        String.format(Locale.ROOT, "%.3f", cost.millis()),
        cost.javaBytes().isPresent()
            ? String.format(Locale.ROOT, "%.1f", cost.javaBytes().getAsDouble() / KIBIBYTE)
            : "not counted");
  }
}
