package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.CrossValidation;
import dev.hyperflow.engine.internal.quality.AccuracyEstimate;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.server.json.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sums up a cross-validation. */
final class CrossValidationReport {
  private static final int BINS = 10;

  private CrossValidationReport() {}

  /** One prediction: its confidence, and whether it was right. */
  private record Hit(float confidence, boolean right) {}

  static Tenants.CrossValidated of(List<String> labels, List<CrossValidation.Test> tests) {
    int[][] confusion = new int[labels.size()][labels.size()];
    List<Hit> hits = new ArrayList<>();
    double brier = 0;
    for (CrossValidation.Test test : tests) {
      Map.Entry<String, Float> best = test.probabilities().entrySet().iterator().next();
      confusion[labels.indexOf(test.label())][labels.indexOf(best.getKey())]++;
      hits.add(new Hit(best.getValue(), best.getKey().equals(test.label())));
      brier += brier(test);
    }
    List<Tenants.Bin> bins = bins(hits);
    int n = tests.size();
    double right = hits.stream().filter(Hit::right).count();
    double error = 0;
    for (Tenants.Bin bin : bins) {
      error += bin.count() * Math.abs(bin.confidence() - bin.accuracy());
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : confusion) {
      rows.add(java.util.Arrays.stream(row).boxed().toList());
    }
    return new Tenants.CrossValidated(
        CrossValidation.FOLDS,
        n,
        n < TenantQuality.MIN_OBSERVATIONS
            ? null
            : Names.estimate(AccuracyEstimate.of(right / n, n, 1)),
        labels,
        rows,
        bins,
        n == 0 ? null : Double.valueOf(error / n),
        n == 0 ? null : Double.valueOf(brier / n));
  }

  /** The squared distance of the probabilities from the truth, 0…2. */
  private static double brier(CrossValidation.Test test) {
    double sum = test.probabilities().containsKey(test.label()) ? 0 : 1;
    for (Map.Entry<String, Float> entry : test.probabilities().entrySet()) {
      double off = entry.getValue() - (entry.getKey().equals(test.label()) ? 1 : 0);
      sum += off * off;
    }
    return sum;
  }

  private static List<Tenants.Bin> bins(List<Hit> hits) {
    List<Tenants.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      double from = (double) bin / BINS;
      double to = (double) (bin + 1) / BINS;
      int place = bin;
      List<Hit> inside =
          hits.stream()
              .filter(hit -> Math.min(BINS - 1, (int) (hit.confidence() * BINS)) == place)
              .toList();
      bins.add(
          new Tenants.Bin(
              from,
              to,
              inside.size(),
              inside.stream().mapToDouble(Hit::confidence).average().orElse(0),
              inside.stream().mapToDouble(hit -> hit.right() ? 1 : 0).average().orElse(0)));
    }
    return bins;
  }
}
