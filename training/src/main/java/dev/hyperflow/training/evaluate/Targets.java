package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Holds a bundle against what this project asks of its own drift networks. */
final class Targets {

  private static final int MAX_EVALUATIONS = 8;
  private static final double AMBITION = 0.005;
  private static final double WORST_LOSS = -0.003;
  private static final double CALIBRATION = 0.05;
  private static final double SCOPE_AREA = 0.98;
  private static final double COST_RATIO = 0.1;
  private static final double PERCENT = 100;

  private final Findings findings;
  private final Findings.Aims aims;
  private final Results results;
  private final RunNotes.BundleNote bundle;
  private final List<Target> targets = new ArrayList<>();

  /**
   * One thing a bundle should reach.
   *
   * @param claim what is asked
   * @param measured what came out
   * @param outcome {@link #MET}, {@link #MISSED}, or "not measured"
   */
  record Target(String claim, String measured, String outcome) {

    static final String MET = "met";
    static final String MISSED = "missed";
  }

  private Targets(Findings findings, Findings.Aims aims, RunNotes.BundleNote bundle) {
    this.findings = findings;
    this.aims = aims;
    this.results = findings.results();
    this.bundle = bundle;
  }

  static List<Target> of(Findings findings, Findings.Aims aims, RunNotes.BundleNote bundle) {
    Targets targets = new Targets(findings, aims, bundle);
    targets.accuracy();
    targets.neverBelowPrototypes();
    targets.calibration();
    targets.outOfScope();
    targets.anyEncoder();
    targets.cost();
    targets.sameBits();
    return List.copyOf(targets.targets);
  }

  private void add(String claim, String measured, boolean met) {
    targets.add(new Target(claim, measured, met ? Target.MET : Target.MISSED));
  }

  private void addOpen(String claim, String why) {
    targets.add(new Target(claim, why, "not measured"));
  }

  private double mean(ToDoubleFunction<Setting> value) {
    return results.settings().stream().mapToDouble(value).average().orElseThrow();
  }

  private void accuracy() {
    for (Setting setting : results.settings()) {
      String peer = results.betterRegression(setting);
      Interval ahead = results.difference(setting, bundle.name(), peer);
      String measured = ahead.points() + " points against " + peer;
      add(
          "%s: mean accuracy at least that of the better logistic regression, in at most %d steps"
              .formatted(setting.title(), MAX_EVALUATIONS),
          measured + ", " + bundle.steps() + " steps",
          ahead.mean() >= 0 && bundle.steps() <= MAX_EVALUATIONS);
      add(setting.title() + ": half a point above it", measured, ahead.mean() >= AMBITION);
    }
  }

  private void neverBelowPrototypes() {
    Map<String, Interval> gains = new HashMap<>();
    for (Setting setting : results.settings()) {
      for (String set : results.sets()) {
        gains.put(
            set + ", " + setting.title(),
            results.difference(set, setting, bundle.name(), Peer.PROTOTYPES));
      }
    }
    Map.Entry<String, Interval> worst =
        Collections.min(
            gains.entrySet(), Comparator.comparingDouble(entry -> entry.getValue().mean()));
    add(
        "No set in any setting more than 0.3 points below the prototype head",
        "worst: %s points (%s)".formatted(worst.getValue().points(), worst.getKey()),
        worst.getValue().mean() >= WORST_LOSS);
  }

  private void calibration() {
    double error = mean(s -> results.calibrationError(s, bundle.name()).orElseThrow());
    add(
        "Mean expected calibration error at most 0.05",
        String.format(Locale.ROOT, "%.3f", error),
        error <= CALIBRATION);
  }

  private void outOfScope() {
    OutOfScope scores = findings.outOfScope();
    for (OutOfScope.Score score : List.of(OutOfScope.Score.MAX_SOFTMAX, OutOfScope.Score.ENERGY)) {
      String claim =
          "Out-of-scope AUROC of its %s at least that of the best score of logistic regression"
              .formatted(score.title());
      if (scores.isEmpty()) {
        addOpen(claim, "no set out of scope was given");
        continue;
      }
      double own = scores.mean(OutOfScope.detector(bundle.name(), score));
      String best = bestRegression(scores);
      add(
          claim,
          String.format(Locale.ROOT, "%.3f against %.3f (%s)", own, scores.mean(best), best),
          own >= scores.mean(best));
    }
    scope(scores);
  }

  private void scope(OutOfScope scores) {
    String claim =
        String.format(Locale.ROOT, "Out-of-scope AUROC of its scope at least %.2f", SCOPE_AREA);
    String detector = OutOfScope.detector(bundle.name(), OutOfScope.Score.SCOPE);
    if (scores.isEmpty()) {
      addOpen(claim, "no set out of scope was given");
    } else if (scores.has(detector)) {
      double area = scores.mean(detector);
      add(claim, String.format(Locale.ROOT, "%.3f", area), area >= SCOPE_AREA);
    } else {
      addOpen(claim, "the bundle has no scope score");
    }
  }

  private static String bestRegression(OutOfScope scores) {
    return Stream.of(Peer.LR_1, Peer.LR_10)
        .flatMap(
            peer ->
                Arrays.stream(OutOfScope.Score.values())
                    .map(score -> OutOfScope.detector(peer, score)))
        .filter(scores::has)
        .max(Comparator.comparingDouble(scores::mean))
        .orElseThrow();
  }

  private void anyEncoder() {
    double gain = mean(s -> results.difference(s, bundle.name(), Peer.PROTOTYPES).mean());
    add(
        "A gain over the prototype head, whatever the encoder (here %s)"
            .formatted(findings.run().encoder()),
        String.format(Locale.ROOT, "%+.2f points", PERCENT * gain).replace('-', '−'),
        gain > 0);
  }

  private void cost() {
    String claim =
        "A head in batches of 16 costs at most a tenth of the cheaper logistic regression, on one"
            + " core";
    if (aims.costs().isEmpty()) {
      addOpen(claim, "no set has 20 labels with eight texts");
      return;
    }
    double ratio =
        aims.millis(bundle.name()) / Math.min(aims.millis(Peer.LR_1), aims.millis(Peer.LR_10));
    add(claim, String.format(Locale.ROOT, "a ratio of %.2f", ratio), ratio <= COST_RATIO);
  }

  private void sameBits() {
    BatchCheck.Outcome outcome = aims.batches().get(bundle.name());
    add(
        "Heads are the same bits alone and in any batch",
        outcome.equal() + " of " + outcome.heads() + " heads",
        outcome.equal() == outcome.heads());
  }
}
