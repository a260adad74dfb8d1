package dev.hyperflow.training.finetune;

import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.report.Commit;
import dev.hyperflow.training.report.Document;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts what was measured in words and tables. */
final class FineTuneReport {

  static final String HEAD = "head";
  static final String WITH_ENCODING = "head, examples encoded first";

  private static final double MILLION = 1e6;
  private static final double GIGA = 1e9;
  private static final double PERCENT = 100;

  private final FineTunePlan plan;
  private final Measurements measurements;

  /** What everything is a share of: the last method, which costs most. */
  private final String reference;

  private FineTuneReport(FineTunePlan plan, Measurements measurements) {
    this.plan = plan;
    this.measurements = measurements;
    List<String> methods = measurements.methods();
    this.reference = methods.get(methods.size() - 1);
  }

  /** Name of a mode after so many steps. */
  static String method(TuningMode mode, int steps) {
    return mode + ", " + steps + " steps";
  }

  static Document of(FineTunePlan plan, Bundle bundle, Measurements measurements) {
    FineTuneReport report = new FineTuneReport(plan, measurements);
    Document document = new Document("Fine-tuning compared with a drift network");
    document.heading("Cost of adapting a tenant");
    document.paragraph(report.setUp(bundle));
    document.table(
        List.of("adapted by", "seconds", "share", "peak memory added", "share", "GFLOP", "share"),
        measurements.methods().stream().map(report::costs).toList());
    document.paragraph(report.notes());
    document.heading("Accuracy after adapting");
    document.table(
        report.accuracyHeader(), measurements.methods().stream().map(report::accuracy).toList());
    document.paragraph(
        "Per cent with 95 % intervals over episodes; a single episode has none. The last column is the"
            + " difference to the head in points, episode by episode, as a mean over sets.");
    return document;
  }

  private String setUp(Bundle bundle) {
    FineTunePlan.Episodes episodes = plan.episodes();
    String counts =
        measurements.sets().stream()
            .map(set -> "`%s` (episodes: %d)".formatted(set, measurements.episodes(set)))
            .collect(Collectors.joining(", "));
    return ("Measured on %s at commit %s: %s, seed %d, up to %d queries a label, on %s. The heads are"
            + " those of `%s` (%s). Its encoder is fine-tuned for each episode, from its published"
            + " weights. Shares are of %s. Everything runs on one thread of the processor.")
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Commit.current(),
            episodes.setting().title(),
            episodes.seed(),
            episodes.queries(),
            counts,
            bundle.manifest().name(),
            bundle.id(),
            reference);
  }

  private List<String> costs(String method) {
    double seconds = measurements.seconds(method);
    double operations = measurements.operations(method);
    List<String> cells = new ArrayList<>(List.of(method));
    cells.add(number(seconds));
    cells.add(share(seconds, measurements.seconds(reference)));
    if (method.equals(WITH_ENCODING) || measurements.reading(method).isEmpty()) {
      cells.addAll(List.of("", ""));
    } else {
      cells.addAll(memory(measurements.reading(method).get()));
    }
    cells.add(number(operations / GIGA));
    cells.add(share(operations, measurements.operations(reference)));
    return cells;
  }

  private List<String> memory(MemoryMeter.Reading reading) {
    // The kernel's own count is exact to some hundred kilobytes only.
    if (reading.growth() < MILLION) {
      return List.of("below 1 MB", "");
    }
    double growth = (double) reading.growth();
    return List.of(
        String.format(Locale.ROOT, "%.1f MB", growth / MILLION),
        measurements
            .reading(reference)
            .map(most -> share(growth, (double) most.growth()))
            .orElse(""));
  }

  private String notes() {
    String rates =
        plan.modes().entrySet().stream()
            .map(
                mode ->
                    "%s %s (head %s)"
                        .formatted(
                            mode.getKey(), mode.getValue().encoder(), mode.getValue().head()))
            .collect(Collectors.joining(", "));
    String processes =
        measurements.memory().entrySet().stream()
            .map(
                entry ->
                    String.format(
                        Locale.ROOT,
                        "%s %.0f to %.0f MB",
                        entry.getKey(),
                        entry.getValue().before() / MILLION,
                        entry.getValue().peak() / MILLION))
            .collect(Collectors.joining(", "));
    return ("Fine-tuning is full-batch Adam on the mean cross-entropy of the examples, without dropout."
            + " Texts are cut to %d tokens and go in parts of eight of similar length. The head starts"
            + " at ten times the prototypes. Rates: %s. Seconds are processor time from token ids to"
            + " the adapted parameters, without answering queries. A head's are the mean of 200 calls,"
            + " from features that the stream has already. Memory is the growth of the resident set to"
            + " its peak, in the first episode, in a process of its own that holds the loaded encoder"
            + " before (whole processes: %s). A head's includes loading the drift network. Freed memory"
            + " is used again unseen, which can hide all that a head needs. GFLOP is an estimate from"
            + " shapes, of matrix products only.")
        .formatted(
            plan.episodes().maxTokens(),
            rates,
            processes.isEmpty() ? "not measured on this system" : processes);
  }

  private List<String> accuracyHeader() {
    List<String> header = new ArrayList<>(List.of("adapted by"));
    header.addAll(measurements.sets());
    header.add("difference to the head");
    return header;
  }

  private List<String> accuracy(String method) {
    List<String> cells = new ArrayList<>(List.of(method));
    for (String set : measurements.sets()) {
      cells.add(known(measurements.accuracy(set, method).percent()));
    }
    cells.add(known(measurements.difference(method, HEAD).points()));
    return cells;
  }

  /** Without its interval where there was one episode of a set and hence no telling. */
  private String known(String interval) {
    boolean single = measurements.sets().stream().anyMatch(set -> measurements.episodes(set) < 2);
    return single ? interval.substring(0, interval.indexOf(' ')) : interval;
  }

  private static String share(double value, double whole) {
    return number(PERCENT * value / whole) + " %";
  }

  /** Three digits, as they are read. */
  private static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    int digits = value > 0 ? (int) Math.max(0, 2 - Math.floor(Math.log10(value))) : 0;
    return String.format(Locale.ROOT, "%." + Math.min(digits, 7) + "f", value);
  }
}
