package dev.hyperflow.engine.internal.suspect;

import dev.hyperflow.engine.internal.remember.LabelledExamples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Examples whose label the other examples contradict: each is judged by ridge regression on all
 * others. A pure function of the support set. Thread-safe.
 */
public final class Suspects {
  // A label with one example is not judged: without it, no regression knows the label. A
  // description is evidence for its label and is not judged itself. Scores become probabilities by
  // a softmax, whose sharpness is the one of a few under which the true labels are likeliest.

  /** Maximum number of examples that judge each other; more are dealt to several groups. */
  public static final int GROUP = 1_024;

  private static final double[] SHARPNESSES = {2, 4, 8, 16, 32};

  private Suspects() {}

  /**
   * An example that the others contradict.
   *
   * @param probability of its own label, 0 to 1
   * @param other the label that the other examples say
   * @param otherProbability of that label, above that of its own
   */
  public record Suspect(
      LabelledExamples.Entry entry, float probability, String other, float otherProbability) {}

  /**
   * What was found.
   *
   * @param judged number of examples that were judged
   * @param suspects the most surprising label first
   */
  public record Found(int judged, List<Suspect> suspects) {}

  /**
   * Judges the examples of a support set.
   *
   * @param scale factors of the columns of features, [D]
   * @param descriptions event ids of the descriptions
   */
  public static Found of(LabelledExamples support, float[] scale, Set<String> descriptions) {
    int groups = (support.entries().size() + GROUP - 1) / GROUP;
    int judged = 0;
    List<Suspect> suspects = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      int own = group;
      Found found =
          ofGroup(
              groups == 1 ? support : support.where(place -> place % groups == own),
              scale,
              descriptions);
      judged += found.judged();
      suspects.addAll(found.suspects());
    }
    suspects.sort(
        Comparator.comparingDouble(Suspect::probability)
            .thenComparing(suspect -> suspect.entry().example().eventId()));
    return new Found(judged, List.copyOf(suspects));
  }

  private static Found ofGroup(LabelledExamples group, float[] scale, Set<String> descriptions) {
    List<Integer> judged = judged(group, descriptions);
    if (judged.isEmpty()) {
      return new Found(0, List.of());
    }
    int[] rows = group.entries().stream().mapToInt(LabelledExamples.Entry::row).toArray();
    double[][] scores =
        LeftOut.scores(features(group, scale), group.weights(), rows, group.labels().size());
    double sharpness = likeliest(scores, rows, judged);
    List<Suspect> suspects = new ArrayList<>();
    for (int i : judged) {
      double[] own = scores[i];
      int best = best(own);
      if (best != rows[i]) {
        double sum = sum(own, best, sharpness);
        suspects.add(
            new Suspect(
                group.entries().get(i),
                (float) (Math.exp(sharpness * (own[rows[i]] - own[best])) / sum),
                group.labels().get(best),
                (float) (1 / sum)));
      }
    }
    return new Found(judged.size(), suspects);
  }

  /** The places of the examples that share their label with another one. */
  private static List<Integer> judged(LabelledExamples group, Set<String> descriptions) {
    int[] ofLabel = new int[group.labels().size()];
    group.entries().forEach(entry -> ofLabel[entry.row()]++);
    List<Integer> judged = new ArrayList<>();
    for (int i = 0; i < group.entries().size(); i++) {
      LabelledExamples.Entry entry = group.entries().get(i);
      if (ofLabel[entry.row()] > 1 && !descriptions.contains(entry.example().eventId())) {
        judged.add(i);
      }
    }
    return judged;
  }

  private static float[][] features(LabelledExamples group, float[] scale) {
    float[][] features = new float[group.entries().size()][];
    for (int i = 0; i < features.length; i++) {
      float[] values = group.entries().get(i).example().features().toArray();
      for (int d = 0; d < values.length; d++) {
        values[d] *= scale[d];
      }
      features[i] = values;
    }
    return features;
  }

  private static double likeliest(double[][] scores, int[] rows, List<Integer> judged) {
    double likeliest = SHARPNESSES[0];
    double most = Double.NEGATIVE_INFINITY;
    for (double sharpness : SHARPNESSES) {
      double likelihood = 0;
      for (int i : judged) {
        double[] own = scores[i];
        int best = best(own);
        likelihood += sharpness * (own[rows[i]] - own[best]) - Math.log(sum(own, best, sharpness));
      }
      if (likelihood > most) {
        most = likelihood;
        likeliest = sharpness;
      }
    }
    return likeliest;
  }

  /** Of equal scores, the first label by name. */
  private static int best(double[] scores) {
    int best = 0;
    for (int label = 1; label < scores.length; label++) {
      best = scores[label] > scores[best] ? label : best;
    }
    return best;
  }

  private static double sum(double[] scores, int best, double sharpness) {
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(sharpness * (score - scores[best]));
    }
    return sum;
  }
}
