package dev.hyperflow.training.stream;

import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The report of streams: leads over other methods, means, a table of each stream, notes. */
final class StreamReport {

  private static final String NONE = "–";

  private final StreamResults results;
  private final StreamPlan plan;
  private final int refit;

  StreamReport(StreamResults results, StreamPlan plan, int refit) {
    this.results = results;
    this.plan = plan;
    this.refit = refit;
  }

  /**
   * Writes the report.
   *
   * @param head when and with what it was measured
   * @param remarks what the run has to say of its texts
   */
  Document write(String head, List<String> remarks) {
    Document document = new Document("Accuracy on streams");
    document.paragraph(head + " " + settings());
    for (Arrangement arrangement : results.arrangements()) {
      document.heading("Streams: " + arrangement.title());
      document.figure(
          CurveChart.file(arrangement),
          CurveChart.svg(results, arrangement),
          "accuracy against the number of labels that have arrived");
      leads(document, arrangement);
      means(document, arrangement);
      results.sets(arrangement).forEach(set -> set(document, arrangement, set));
    }
    document.heading("How streams were measured");
    notes().forEach(document::paragraph);
    if (!remarks.isEmpty()) {
      document.paragraph(String.join(" ", remarks));
    }
    return document;
  }

  private String settings() {
    return String.format(
        Locale.ROOT,
        "A stream has at most %d texts. Labels arrive for %.0f %% of them, %d texts later; %.0f %%"
            + " of the labels are wrong. Random orders have %d %s from %d on.",
        plan.events(),
        100 * plan.labelled(),
        plan.delay(),
        100 * plan.wrong(),
        plan.repeats(),
        plan.repeats() == 1 ? "seed" : "seeds",
        plan.seed());
  }

  private void leads(Document document, Arrangement arrangement) {
    Map<String, List<String>> rivals = new LinkedHashMap<>();
    rivals.put("the better LR", List.of(Contestants.LR_1, Contestants.LR_10));
    results.guests().stream()
        .collect(
            Collectors.groupingBy(
                name -> name.split("[ ,]", 2)[0], LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (program, methods) ->
                rivals.put(
                    methods.size() == 1 ? methods.get(0) : "the best of " + program, methods));
    List<List<String>> rows = new ArrayList<>();
    for (String bundle : results.bundles()) {
      rivals.forEach(
          (name, methods) ->
              rows.add(
                  List.of(
                      bundle + " above " + name,
                      lead(arrangement, bundle, methods, Track::accuracy),
                      lead(arrangement, bundle, methods, Track::accuracyOfLastThird),
                      worst(arrangement, bundle, methods, Track::accuracy),
                      worst(arrangement, bundle, methods, Track::accuracyOfLastThird))));
    }
    document
        .paragraph(
            "Points of accuracy above other methods, as a mean over the sets. The best of several"
                + " methods is chosen for each stream by its result.")
        .table(
            List.of("difference", "all", "last third", "worst set, all", "worst set, last third"),
            rows);
  }

  private String lead(
      Arrangement arrangement,
      String bundle,
      List<String> methods,
      ToDoubleFunction<Track> figure) {
    return points(results.mean(arrangement, played -> played.lead(bundle, methods, figure)));
  }

  private String worst(
      Arrangement arrangement,
      String bundle,
      List<String> methods,
      ToDoubleFunction<Track> figure) {
    Function<String, Interval> lead =
        set -> results.of(arrangement, set, played -> played.lead(bundle, methods, figure));
    String worst =
        results.sets(arrangement).stream()
            .min(Comparator.comparingDouble(set -> lead.apply(set).mean()))
            .orElseThrow();
    return points(lead.apply(worst)) + " (" + worst + ")";
  }

  private void means(Document document, Arrangement arrangement) {
    document.paragraph("Means over the sets, accuracy in per cent:");
    table(document, figure -> results.mean(arrangement, figure));
  }

  private void set(Document document, Arrangement arrangement, String set) {
    LabelStream first = results.streams(arrangement, set).get(0).stream();
    document.paragraph(
        "%s: %d labels, %d texts a stream.".formatted(set, first.labels().size(), first.size()));
    table(document, figure -> results.of(arrangement, set, figure));
  }

  private void table(Document document, Function<ToDoubleFunction<Played>, Interval> figures) {
    List<List<String>> rows = new ArrayList<>();
    for (String method : results.methods()) {
      rows.add(
          List.of(
              method,
              percent(figures.apply(one -> one.tracks().get(method).accuracy())),
              percent(figures.apply(one -> one.tracks().get(method).accuracyOfLastThird())),
              number(figures, method, Track::logLoss, "%.2f"),
              number(figures, method, Track::calibrationError, "%.3f"),
              number(figures, method, Track::millis, "%.2f")));
    }
    document.table(
        List.of("method", "all", "last third", "log-loss", "calibration error", "ms an event"),
        rows,
        0);
  }

  private static String number(
      Function<ToDoubleFunction<Played>, Interval> figures,
      String method,
      Function<Track, OptionalDouble> figure,
      String format) {
    double mean =
        figures.apply(one -> figure.apply(one.tracks().get(method)).orElse(Double.NaN)).mean();
    return Double.isNaN(mean) ? NONE : String.format(Locale.ROOT, format, mean);
  }

  /** One stream gives no interval. */
  private static String percent(Interval interval) {
    return interval.halfWidth() > 0
        ? interval.percent()
        : String.format(Locale.ROOT, "%.1f", 100 * interval.mean());
  }

  private static String points(Interval interval) {
    return interval.halfWidth() > 0
        ? interval.points()
        : String.format(Locale.ROOT, "%+.2f", 100 * interval.mean()).replace('-', '−');
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Each text is asked, then learned. A question without an answer counts as wrong: no method"
            + " knows a label before the first one has arrived. Bundles answer through the engine of"
            + " the application, in mode `fresh`, one event at a time.");
    notes.add(
        "Orders: shuffled is random. In labels, labels begin one after the other, evenly over the"
            + " stream. In swap, the two most frequent labels swap their meaning in the middle. In"
            + " split, they have one name until the middle. In file, texts come as in the file.");
    notes.add(
        String.format(
            Locale.ROOT,
            "Log-loss: mean of −ln of the true label's probability, at least %.3f, over questions"
                + " whose label has arrived before. Calibration error: expected calibration error in"
                + " 15 bins. Milliseconds are those of a question and a label together.",
            Track.MIN_PROBABILITY));
    notes.add(
        String.format(
            Locale.ROOT,
            "Classical methods keep every example and see the encoder's last layer. Class means:"
                + " nearest mean, softmax of −½ squared distance. Softmax SGD: one step of rate %.1f"
                + " for each example, no intercepts. LR: logistic regression on all examples, fitted"
                + " anew after 1 to %d examples and whenever a label is new.",
            SoftmaxSgd.RATE,
            refit));
    notes.add("Intervals are 1.96 standard errors over the seeds of an order.");
    results.methods().stream()
        .map(this::refused)
        .filter(sentence -> !sentence.isEmpty())
        .forEach(notes::add);
    return notes;
  }

  private String refused(String method) {
    int refused = results.played().stream().mapToInt(p -> p.tracks().get(method).refused()).sum();
    return refused == 0
        ? ""
        : "%s refused %d questions and labels; a tenant has at most %d labels."
            .formatted(method, refused, Contestants.MAX_LABELS);
  }
}
