package dev.hyperflow.server.dashboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tiny classifier, so that what is taught to the fixture changes its answers: prototypes of
 * hashed words, and a softmax over cosine similarities.
 */
final class FixtureHead {

  private static final int WIDTH = 128;
  private static final double SHARPNESS = 9;

  private final Map<String, double[]> prototypes = new TreeMap<>();

  FixtureHead(Collection<FixtureExample> examples) {
    for (FixtureExample example : examples) {
      double[] sum = prototypes.computeIfAbsent(example.label(), label -> new double[WIDTH]);
      double[] features = features(example.text());
      for (int i = 0; i < WIDTH; i++) {
        sum[i] += features[i];
      }
    }
    prototypes.values().forEach(FixtureHead::normalize);
  }

  /** All labels with their probabilities, best first. */
  List<Map.Entry<String, Double>> answer(String text) {
    double[] query = features(text);
    Map<String, Double> weights = new TreeMap<>();
    double sum = 0;
    for (Map.Entry<String, double[]> prototype : prototypes.entrySet()) {
      double weight = Math.exp(SHARPNESS * dot(query, prototype.getValue()));
      weights.put(prototype.getKey(), weight);
      sum += weight;
    }
    List<Map.Entry<String, Double>> answer = new ArrayList<>();
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      answer.add(Map.entry(weight.getKey(), weight.getValue() / sum));
    }
    answer.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    return answer;
  }

  double probability(String text, String label) {
    return answer(text).stream()
        .filter(entry -> entry.getKey().equals(label))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  private static double[] features(String text) {
    double[] features = new double[WIDTH];
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
      if (word.length() > 2) {
        features[Math.floorMod(word.hashCode() * 31, WIDTH)] += 1;
      }
    }
    normalize(features);
    return features;
  }

  private static void normalize(double[] values) {
    double norm = Math.sqrt(dot(values, values));
    for (int i = 0; norm > 0 && i < values.length; i++) {
      values[i] /= norm;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
