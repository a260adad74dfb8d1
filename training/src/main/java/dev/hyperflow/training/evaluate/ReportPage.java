package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Puts findings into words, tables and a figure. */
final class ReportPage {

  private static final String NO_ADAPTATION = "no adaptation";
  private static final String REGRESSION = "the better logistic regression";

  private final Findings findings;
  private final Results results;
  private final List<String> bundles;
  private final Document page = new Document("Accuracy report");

  private ReportPage(Findings findings) {
    this.findings = findings;
    this.results = findings.results();
    this.bundles = findings.run().bundles().stream().map(RunNotes.BundleNote::name).toList();
  }

  /**
   * The whole report, but the cost of a head.
   *
   * @param chart PNG of gains over no adaptation
   */
  static Document of(Findings findings, byte[] chart) {
    ReportPage report = new ReportPage(findings);
    report.summary();
    report.accuracy(chart);
    report.bySet();
    report.differenceBySet();
    report.steps();
    report.calibration();
    report.outOfScope();
    report.targets();
    report.method();
    return report.page;
  }

  /** What a head costs; empty unless it was measured. */
  static Document costs(Findings findings) {
    Document page = new Document("Cost of a head");
    if (findings.aims().isEmpty()) {
      return page;
    }
    page.heading("Cost of a head");
    List<CostMeter.Cost> costs = findings.aims().get().costs();
    if (costs.isEmpty()) {
      return page.paragraph("Not measured: no set has 20 labels with eight texts each.");
    }
    return page.paragraph(
            "A task has 20 labels and 100 examples. Times are medians on one thread. Allocation"
                + " counts Java objects only. The memory that ONNX Runtime keeps for tensors was"
                + " not measured.")
        .table(
            List.of("method", "heads a call", "ms a head", "Java allocation, KiB"),
            costs.stream()
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

  private void summary() {
    RunNotes run = findings.run();
    InShort inShort = new InShort(results, this::hasEnough);
    bundles.forEach(bundle -> inShort.add(page, bundle));
    for (String bundle : bundles) {
      String name = "`" + bundle + "`";
      page.paragraph(
          Verdict.of(name, NO_ADAPTATION, gains(bundle), this::hasEnough)
              + " "
              + Verdict.of(name, REGRESSION, lead(bundle), this::hasEnough));
    }
    page.paragraph(
        "The results themselves choose the better of LR C=1 and LR C=10 for each setting."
            + " Intervals cover 95 %%. Measured on %s at commit %s, on %d %s: %s; seed %d."
                .formatted(
                    run.date(),
                    run.commit(),
                    run.sets().size(),
                    run.sets().size() == 1 ? "set" : "sets",
                    episodes(),
                    run.plan().seed()));
  }

  private boolean hasEnough(Setting setting) {
    RunNotes run = findings.run();
    return run.sets().size() * run.plan().episodes(setting) >= Verdict.MIN_EPISODES;
  }

  private Map<Setting, Interval> gains(String method) {
    return bySetting(setting -> results.difference(setting, method, Peer.PROTOTYPES));
  }

  private Map<Setting, Interval> lead(String method) {
    return bySetting(s -> results.difference(s, method, results.betterRegression(s)));
  }

  private Map<Setting, Interval> bySetting(Function<Setting, Interval> value) {
    Map<Setting, Interval> values = new LinkedHashMap<>();
    results.settings().forEach(setting -> values.put(setting, value.apply(setting)));
    return values;
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
        (number, titles) -> parts.add(number + " episodes a set at " + String.join(", ", titles)));
    return String.join("; ", parts);
  }

  private List<String> columns() {
    List<String> columns =
        new ArrayList<>(results.methods().stream().filter(Peer::isClassical).toList());
    columns.addAll(bundles);
    return columns;
  }

  private void accuracy(byte[] chart) {
    page.heading("Accuracy");
    page.paragraph("Mean accuracy in per cent over all sets. Prototypes are no adaptation.");
    page.table(
        header("method"),
        columns().stream()
            .map(method -> row(method, setting -> results.meanAccuracy(setting, method).percent()))
            .toList(),
        columns().indexOf(bundles.get(0)));
    page.figure(
        GainChart.FILE, chart, "Points of accuracy above no adaptation, with 95 % intervals.");
    page.paragraph("Differences in points of accuracy, episode by episode:");
    List<List<String>> rows = new ArrayList<>();
    for (String bundle : bundles) {
      rows.add(row(bundle + " above " + NO_ADAPTATION, s -> gains(bundle).get(s).points()));
      rows.add(
          row(
              bundle + " above " + REGRESSION,
              s -> lead(bundle).get(s).points() + " (" + results.betterRegression(s) + ")"));
    }
    page.table(header("difference"), rows);
  }

  private void bySet() {
    page.heading("Accuracy by set");
    page.paragraph(
        "A set with fewer labels than a setting asks for plays all it has; its row says how many.");
    List<String> columns = columns();
    columns.removeIf(method -> Peer.isClassical(method) && !Peer.isMain(method));
    for (Setting setting : results.settings()) {
      page.paragraph(setting.title() + ":");
      page.table(
          row("data set", columns, method -> method),
          findings.run().sets().stream()
              .map(
                  set ->
                      row(
                          named(set, List.of(setting)),
                          columns,
                          m -> results.tally(set.name(), setting, m).accuracy().percent()))
              .toList());
    }
  }

  /** The set's name, with its number of labels where some setting asks for more. */
  private static String named(RunNotes.SetNote set, List<Setting> settings) {
    boolean small = settings.stream().anyMatch(s -> !s.within(set.usable()).equals(s));
    return small ? "%s (%d labels)".formatted(set.name(), set.usable()) : set.name();
  }

  private void differenceBySet() {
    page.heading("Against logistic regression, by set");
    page.paragraph("Points of accuracy above " + REGRESSION + ", episode by episode.");
    for (String bundle : bundles) {
      page.table(
          row(bundle, s -> s.title() + " against " + results.betterRegression(s)),
          findings.run().sets().stream()
              .map(
                  set ->
                      row(
                          named(set, results.settings()),
                          s ->
                              results
                                  .difference(set.name(), s, bundle, results.betterRegression(s))
                                  .points()))
              .toList());
    }
  }

  private void steps() {
    if (!results.methods().contains(Candidate.name(bundles.get(0), Candidate.GRIDS.get(0)))) {
      return;
    }
    page.heading("Number of steps");
    page.paragraph(
        "Points of accuracy above no adaptation. Each row follows the same drift for another number"
            + " of steps, each of the bundle's own length.");
    for (String bundle : bundles) {
      page.table(
          header(bundle),
          Candidate.GRIDS.stream()
              .map(
                  grid ->
                      row(
                          grid + (grid == 1 ? " step" : " steps"),
                          s -> gains(Candidate.name(bundle, grid)).get(s).points()))
              .toList());
    }
  }

  private List<String> header(String first) {
    return row(first, Setting::title);
  }

  private List<String> row(String name, Function<Setting, String> cell) {
    return row(name, results.settings(), cell);
  }

  private static <T> List<String> row(String name, List<T> columns, Function<T, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    columns.forEach(column -> row.add(cell.apply(column)));
    return row;
  }

  private void calibration() {
    page.heading("Calibration");
    page.paragraph(
        "Expected calibration error, mean over sets; 0 is perfect. It uses 15 bins and pools the"
            + " queries of a set. Bundles use the temperature of their manifest; the other methods"
            + " use none.");
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
  }

  private void outOfScope() {
    OutOfScope scores = findings.outOfScope();
    if (scores.isEmpty()) {
      return;
    }
    page.heading("Out of scope");
    page.paragraph(
        "Area under the ROC curve; 0.5 is chance. The score tells queries of a task's labels from"
            + " texts that belong to none. Means over episodes. The last column takes the texts of all"
            + " episodes together, as one threshold for all tasks meets them.");
    List<String> header = row("score", scores.settings(), setting -> setting);
    header.add("all together");
    List<List<String>> rows = new ArrayList<>();
    for (String detector : scores.detectors()) {
      List<String> row =
          row(detector, scores.settings(), setting -> area(scores.area(setting, detector)));
      row.add(number(3, scores.pooledArea(detector)));
      rows.add(row);
    }
    page.table(header, rows);
    scopeCalibration(scores);
  }

  private static String area(Interval area) {
    return String.format(Locale.ROOT, "%.3f ± %.3f", area.mean(), area.halfWidth());
  }

  private void scopeCalibration(OutOfScope scores) {
    List<String> detectors =
        bundles.stream()
            .map(bundle -> OutOfScope.detector(bundle, OutOfScope.Score.SCOPE))
            .filter(scores::has)
            .toList();
    if (detectors.isEmpty()) {
      return;
    }
    page.paragraph(
        "Expected calibration error of the scope. Texts in scope weigh as much as those out of"
            + " scope.");
    page.table(
        row("score", scores.settings(), setting -> setting),
        detectors.stream()
            .map(
                detector ->
                    row(
                        detector,
                        scores.settings(),
                        s -> number(3, scores.calibrationError(s, detector).orElseThrow())))
            .toList());
  }

  private void targets() {
    if (findings.aims().isEmpty()) {
      return;
    }
    for (RunNotes.BundleNote bundle : findings.run().bundles()) {
      List<Targets.Target> targets = Targets.of(findings, findings.aims().get(), bundle);
      page.heading("Targets: " + bundle.name());
      page.paragraph(
          "Met: %d of %d."
              .formatted(
                  targets.stream().filter(t -> t.outcome().equals(Targets.Target.MET)).count(),
                  targets.size()));
      page.table(
          List.of("target", "measured", "outcome"),
          targets.stream().map(t -> List.of(t.claim(), t.measured(), t.outcome())).toList());
    }
  }

  private void method() {
    RunNotes run = findings.run();
    page.heading("How it was measured");
    MethodNotes.of(findings).forEach(page::paragraph);
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
}
