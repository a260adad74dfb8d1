package dev.hyperflow.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A set of labelled texts as feature vectors, by label; labels in the order of their names, vectors
 * in the order of the file. Not to be changed: rows are handed out without a copy. Safe for use by
 * many threads.
 */
public final class LabelledFeatures {

  private final String name;
  private final String hash;
  private final List<String> labels;
  private final float[][][] features; // [label][text][dimension]
  private final float[][][] examples; // the same array, if a text has one vector in any role

  private LabelledFeatures(String name, String hash, Map<String, List<float[]>> byLabel) {
    this.name = name;
    this.hash = hash;
    this.labels = byLabel.keySet().stream().sorted().toList();
    this.features =
        labels.stream().map(l -> byLabel.get(l).toArray(new float[0][])).toArray(float[][][]::new);
    this.examples = features;
  }

  private LabelledFeatures(
      String name, String hash, List<String> labels, float[][][] features, float[][][] examples) {
    this.name = name;
    this.hash = hash;
    this.labels = labels;
    this.features = features;
    this.examples = examples;
  }

  /** The same texts with other vectors where they are examples. */
  LabelledFeatures withExamples(LabelledFeatures others) {
    return new LabelledFeatures(name, hash, labels, features, others.features);
  }

  /**
   * Joins texts and their vectors.
   *
   * @param vectors one per text, all of one length
   * @throws IllegalArgumentException if there is not one vector per text
   */
  public static LabelledFeatures of(LabelledTexts texts, float[][] vectors) {
    if (vectors.length != texts.texts().size()) {
      throw new IllegalArgumentException(
          "vectors: expected %d, found %d".formatted(texts.texts().size(), vectors.length));
    }
    Map<String, List<float[]>> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < vectors.length; i++) {
      byLabel
          .computeIfAbsent(texts.texts().get(i).label(), label -> new ArrayList<>())
          .add(vectors[i]);
    }
    return new LabelledFeatures(texts.name(), texts.hash(), byLabel);
  }

  /** The same texts with other features: {@code vectors} gives the new vector of a vector. */
  LabelledFeatures map(UnaryOperator<float[]> vectors) {
    float[][][] mapped = map(features, vectors);
    return new LabelledFeatures(
        name, hash, labels, mapped, examples == features ? mapped : map(examples, vectors));
  }

  private static float[][][] map(float[][][] features, UnaryOperator<float[]> vectors) {
    return Arrays.stream(features)
        .map(texts -> Arrays.stream(texts).map(vectors).toArray(float[][]::new))
        .toArray(float[][][]::new);
  }

  /** Name of the set, as in {@link LabelledTexts#name()}. */
  public String name() {
    return name;
  }

  /** SHA-256 of labels and texts, 64 hex digits; see {@link LabelledTexts#hash()}. */
  public String hash() {
    return hash;
  }

  /** Names of the labels, in the order of their indices. */
  public List<String> labels() {
    return labels;
  }

  /** Length D of a vector. */
  public int dimension() {
    return features[0][0].length;
  }

  /** Number of texts of a label, at least 1. */
  public int count(int label) {
    return features[label].length;
  }

  /** Number of texts of all labels. */
  public int size() {
    return Arrays.stream(features).mapToInt(texts -> texts.length).sum();
  }

  /** The vector of a label's text that is asked for; the array itself, not a copy. */
  public float[] row(int label, int text) {
    return features[label][text];
  }

  /** The vector of a label's text that is learned from; the array itself, not a copy. */
  public float[] example(int label, int text) {
    return examples[label][text];
  }

  /**
   * The same set with some of its labels, for example to hold others out.
   *
   * @param suffix appended to the name
   * @param chosen indices of labels, at least one
   */
  public LabelledFeatures subset(String suffix, List<Integer> chosen) {
    List<Integer> order =
        chosen.stream().sorted(Comparator.comparing((Integer label) -> labels.get(label))).toList();
    float[][][] some = order.stream().map(label -> features[label]).toArray(float[][][]::new);
    return new LabelledFeatures(
        name + suffix,
        hash,
        order.stream().map(labels::get).toList(),
        some,
        examples == features
            ? some
            : order.stream().map(label -> examples[label]).toArray(float[][][]::new));
  }

  @Override
  public String toString() {
    return "LabelledFeatures[name=%s, labels=%d, texts=%d]".formatted(name, labels.size(), size());
  }
}
