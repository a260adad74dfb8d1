package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Puts findings into words, tables and figures. */
final class ReportPage {

  private static final String MEAN = "mean";

  private final Findings findings;
  private final Results results;
  private final List<String> bundles;
  private final Document page = new Document("Evaluation of drift networks");

  private ReportPage(Findings findings) {
    this.findings = findings;
    this.results = findings.results();
    this.bundles = findings.run().bundles().stream().map(Run.BundleNote::name).toList();
  }

  /** The whole report. */
  static Document of(Findings findings) {
    ReportPage report = new ReportPage(findings);
    report.summary();
    report.targets();
    report.accuracy();
    report.difference();
    report.steps();
    report.calibration();
    report.outOfScope();
    report.cost();
    report.method();
    return report.page;
  }

  /** Whether a method is a classical one. */
  static boolean isPeer(String method) {
    return List.of(Peer.PROTOTYPES, Peer.NEAREST_NEIGHBOUR, Peer.LR_1, Peer.LR_10, Peer.LR_CV)
            .contains(method)
        || Peer.TUNING_STEPS.stream().anyMatch(steps -> method.equals(Peer.tuned(steps)));
  }

  /** Whether a method is a classical one that charts and tables by set show. */
  static boolean isMainPeer(String method) {
    return isPeer(method)
        && Peer.TUNING_STEPS.stream()
            .filter(steps -> steps != Peer.MAIN_TUNING)
            .noneMatch(steps -> method.equals(Peer.tuned(steps)));
  }

  private List<String> columns() {
    List<String> columns =
        new ArrayList<>(results.methods().stream().filter(ReportPage::isPeer).toList());
    columns.addAll(bundles);
    return columns;
  }

  private void summary() {
    Run run = findings.run();
    for (Run.BundleNote bundle : run.bundles()) {
      double best = results.settings().stream().mapToDouble(s -> ahead(s, bundle)).max().orElse(0);
      double worst = results.settings().stream().mapToDouble(s -> ahead(s, bundle)).min().orElse(0);
      List<Target> targets = Targets.of(findings, bundle);
      page.paragraph(
          "`%s` meets %d of %d targets. Against the better logistic regression of each setting its mean accuracy is between %s and %s points."
              .formatted(
                  bundle.name(),
                  targets.stream().filter(t -> t.outcome().equals(Target.MET)).count(),
                  targets.size(),
                  signed(100 * worst, 2),
                  signed(100 * best, 2)));
    }
    page.paragraph(
        "Measured on %s at commit %s: %d %s, %s, seed %d."
            .formatted(
                run.date(),
                run.commit(),
                run.sets().size(),
                run.sets().size() == 1 ? "set" : "sets",
                episodes(),
                run.plan().seed()));
  }

  private double ahead(Setting setting, Run.BundleNote bundle) {
    return results.difference(setting, bundle.name(), results.betterRegression(setting)).mean();
  }

  private String episodes() {
    Map<Integer, List<String>> numbers = new LinkedHashMap<>();
    for (Setting setting : results.settings()) {
      numbers
          .computeIfAbsent(findings.run().plan().episodes(setting), n -> new ArrayList<>())
          .add(setting.title());
    }
    List<String> parts = new ArrayList<>();
    numbers.forEach(
        (number, titles) -> parts.add(number + " episodes at " + String.join(", ", titles)));
    return String.join("; ", parts);
  }

  private void targets() {
    for (Run.BundleNote bundle : findings.run().bundles()) {
      page.heading("Targets: " + bundle.name());
      page.table(
          List.of("target", "measured", "outcome"),
          Targets.of(findings, bundle).stream()
              .map(t -> List.of(t.claim(), t.measured(), t.outcome()))
              .toList());
    }
  }

  private void accuracy() {
    page.heading("Accuracy");
    page.paragraph(
        "Mean accuracy in per cent over all sets, with 95 % intervals over episodes. The interval says how well the mean of these very sets is known. Every method played the same episodes; methods are explained at the end.");
    List<String> header = new ArrayList<>(List.of("method"));
    results.settings().forEach(setting -> header.add(setting.title()));
    page.table(
        header,
        columns().stream()
            .map(method -> row(method, setting -> results.meanAccuracy(setting, method).percent()))
            .toList(),
        columns().indexOf(bundles.get(0)));
    page.figure(Charts.ACCURACY, "Mean accuracy by setting.");
    page.figure(Charts.GAIN, "The same as points above the prototype head, paired by episode.");
    for (Setting setting : results.settings()) {
      page.paragraph(setting.title() + ", by set:");
      bySet(
          method -> set -> results.tally(set, setting, method).accuracy().percent(),
          method -> results.meanAccuracy(setting, method).percent());
    }
  }

  private void bySet(
      Function<String, Function<String, String>> cell, Function<String, String> mean) {
    List<String> header = new ArrayList<>(List.of("data set"));
    List<String> columns = columns();
    columns.removeIf(method -> isPeer(method) && !isMainPeer(method));
    header.addAll(columns);
    List<List<String>> rows = new ArrayList<>();
    for (String set : results.sets()) {
      List<String> row = new ArrayList<>(List.of(set));
      columns.forEach(method -> row.add(cell.apply(method).apply(set)));
      rows.add(row);
    }
    List<String> last = new ArrayList<>(List.of(MEAN));
    columns.forEach(method -> last.add(mean.apply(method)));
    rows.add(last);
    page.table(header, rows, rows.size() - 1);
  }

  private List<String> row(String name, Function<Setting, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    results.settings().forEach(setting -> row.add(cell.apply(setting)));
    return row;
  }

  private void difference() {
    page.heading("Against logistic regression, set by set");
    page.paragraph(
        "Points of accuracy above the better of LR C=1 and LR C=10, which is chosen by its mean over the sets of a setting; paired by episode, with 95 % intervals.");
    for (String bundle : bundles) {
      List<String> header = new ArrayList<>(List.of(bundle));
      results
          .settings()
          .forEach(s -> header.add(s.title() + " against " + results.betterRegression(s)));
      List<List<String>> rows = new ArrayList<>();
      for (String set : results.sets()) {
        rows.add(
            row(
                set,
                s -> results.difference(set, s, bundle, results.betterRegression(s)).points()));
      }
      rows.add(row(MEAN, s -> results.difference(s, bundle, results.betterRegression(s)).points()));
      page.table(header, rows, rows.size() - 1);
    }
    page.figure(
        Charts.DIFFERENCE,
        "%s, points above the better logistic regression.".formatted(bundles.get(0)));
  }

  private void steps() {
    page.heading("Number of steps");
    page.paragraph(
        "The same drift followed for fewer or more steps of the bundle's own length; points above the prototype head. A bundle whose end has a higher support loss than its start falls back to the best earlier point, so that no number of steps ends with a higher support loss than it began with.");
    for (Run.BundleNote bundle : findings.run().bundles()) {
      List<List<String>> rows = new ArrayList<>();
      for (int grid : Candidate.GRIDS) {
        String method = Candidate.name(bundle.name(), grid);
        if (results.methods().contains(method)) {
          rows.add(gains(grid + (grid == 1 ? " step" : " steps"), method));
        }
      }
      rows.add(gains("its own %d steps".formatted(bundle.steps()), bundle.name()));
      page.table(header(bundle.name()), rows, rows.size() - 1);
      trajectory(bundle.name());
    }
    if (results.methods().contains(Candidate.name(bundles.get(0), Candidate.GRIDS.get(0)))) {
      page.figure(Charts.STEPS, bundles.get(0) + ": gain by number of steps.");
    }
    page.figure(Charts.LOSS, bundles.get(0) + ": support loss along the trajectory.");
  }

  private List<String> gains(String name, String method) {
    return row(name, s -> results.difference(s, method, Peer.PROTOTYPES).points());
  }

  private List<String> header(String first) {
    List<String> header = new ArrayList<>(List.of(first));
    results.settings().forEach(setting -> header.add(setting.title()));
    return header;
  }

  private void trajectory(String bundle) {
    page.paragraph(
        "Along the trajectory in its own steps, means over sets: support loss in nats / norm of the drift.");
    List<List<String>> rows = new ArrayList<>();
    int points =
        results.tally(results.sets().get(0), results.settings().get(0), bundle).traces().points();
    for (int point = 0; point < points; point++) {
      int at = point;
      rows.add(
          row(
              point == 0 ? "start" : "step " + point,
              setting ->
                  number(3, traces(setting, bundle, t -> t.supportLoss(at)))
                      + " / "
                      + number(3, traces(setting, bundle, t -> t.driftNorm(at)))));
    }
    page.table(header(bundle), rows);
  }

  private double traces(Setting setting, String bundle, ToDoubleFunction<TraceMean> value) {
    return results.sets().stream()
        .map(set -> results.tally(set, setting, bundle).traces())
        .mapToDouble(value)
        .average()
        .orElseThrow();
  }

  private void calibration() {
    page.heading("Calibration");
    page.paragraph(
        "Expected calibration error (15 bins, queries of a set pooled), mean over sets; 0 is perfect. Heads of gradient descent and logistic regression are taken as they are, bundles at the temperature of their manifest.");
    List<String> methods =
        columns().stream()
            .filter(m -> results.calibrationError(results.settings().get(0), m).isPresent())
            .filter(m -> !m.equals(Peer.PROTOTYPES))
            .toList();
    page.table(
        header("method"),
        methods.stream()
            .map(
                method ->
                    row(method, s -> number(3, results.calibrationError(s, method).orElseThrow())))
            .toList(),
        methods.indexOf(bundles.get(0)));
    page.figure(
        Charts.RELIABILITY, "How often a confidence is right; all queries of all settings.");
  }

  private void outOfScope() {
    OutOfScope scores = findings.outOfScope();
    if (scores.isEmpty()) {
      return;
    }
    page.heading("Out of scope");
    page.paragraph(
        "Area under the ROC curve for telling queries of a task's labels from texts that belong to none; mean over episodes with 95 % intervals, 0.5 is chance.");
    List<String> header = new ArrayList<>(List.of("score"));
    header.addAll(scores.settings());
    List<List<String>> rows = new ArrayList<>();
    for (String detector : scores.detectors()) {
      List<String> row = new ArrayList<>(List.of(detector));
      for (String setting : scores.settings()) {
        Interval area = scores.area(setting, detector);
        row.add(String.format(Locale.ROOT, "%.3f ± %.3f", area.mean(), area.halfWidth()));
      }
      rows.add(row);
    }
    page.table(header, rows);
  }

  private void cost() {
    if (findings.costs().isEmpty()) {
      return;
    }
    page.heading("Cost of a head");
    page.paragraph(
        "20 labels, 100 examples, %s; one thread, median. Allocation is what the JVM counts: Java objects alone. The memory that ONNX Runtime takes for a bundle's tensors, and keeps for the next call, was not measured."
            .formatted(findings.run().encoder()));
    page.table(
        List.of("method", "heads a call", "ms a head", "Java allocation, KiB"),
        findings.costs().stream()
            .map(
                cost ->
                    List.of(
                        cost.method(),
                        Integer.toString(cost.batch()),
                        number(3, cost.millis()),
                        cost.javaBytes().isPresent()
                            ? number(1, cost.javaBytes().getAsDouble() / 1024)
                            : "not counted"))
            .toList());
  }

  private void method() {
    Run run = findings.run();
    page.heading("How it was measured");
    MethodNotes.of(run.plan()).forEach(page::paragraph);
    page.table(
        List.of("bundle", "id", "steps", "objective; data"),
        run.bundles().stream()
            .map(b -> List.of(b.name(), b.id(), Integer.toString(b.steps()), b.provenance()))
            .toList());
    page.table(
        List.of("data set", "labels", "texts", "SHA-256 of labels and texts"),
        run.sets().stream()
            .map(
                s ->
                    List.of(
                        s.name(),
                        Integer.toString(s.labels()),
                        Integer.toString(s.texts()),
                        s.hash()))
            .toList());
  }

  private static String number(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String signed(double value, int digits) {
    return String.format(Locale.ROOT, "%+." + digits + "f", value).replace('-', '−');
  }
}
