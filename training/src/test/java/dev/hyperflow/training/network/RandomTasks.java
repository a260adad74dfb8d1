package dev.hyperflow.training.network;

import java.util.Arrays;
import java.util.Random;

/** Padded tasks: B of them, M examples, N labels, D features. */
final class RandomTasks {

  final int tasks;
  final int examples;
  final int labels;
  final int features;
  final float[] support;
  final float[] membership;
  final float[] mask;

  RandomTasks(int tasks, int examples, int labels, int features) {
    this.tasks = tasks;
    this.examples = examples;
    this.labels = labels;
    this.features = features;
    this.support = new float[tasks * examples * features];
    this.membership = new float[tasks * examples * labels];
    this.mask = new float[tasks * labels];
  }

  /** Unit vectors around one centre per label; every label has an example. */
  static RandomTasks full(Random random, int tasks, int examples, int labels, int features) {
    RandomTasks batch = new RandomTasks(tasks, examples, labels, features);
    for (int task = 0; task < tasks; task++) {
      batch.fill(random, task, examples, labels);
    }
    return batch;
  }

  /** Tasks of different sizes, each padded to the given one. */
  static RandomTasks ragged(Random random, int tasks, int examples, int labels, int features) {
    RandomTasks batch = new RandomTasks(tasks, examples, labels, features);
    for (int task = 0; task < tasks; task++) {
      int own = 1 + random.nextInt(Math.min(labels, examples));
      batch.fill(random, task, own + random.nextInt(examples - own + 1), own);
    }
    return batch;
  }

  private void fill(Random random, int task, int count, int own) {
    float[][] centres = new float[own][];
    for (int label = 0; label < own; label++) {
      centres[label] = direction(random);
    }
    for (int example = 0; example < count; example++) {
      int label = example < own ? example : random.nextInt(own);
      float[] x = direction(random);
      for (int d = 0; d < features; d++) {
        x[d] += centres[label][d];
      }
      float weight = random.nextInt(4) == 0 ? 0.5f + random.nextFloat() : 1f;
      set(task, example, label, weight, scaled(x));
    }
  }

  void set(int task, int example, int label, float weight, float[] x) {
    int row = task * examples + example;
    System.arraycopy(x, 0, support, row * features, features);
    Arrays.fill(membership, row * labels, (row + 1) * labels, 0f);
    membership[row * labels + label] = weight;
    mask[task * labels + label] = 1f;
  }

  float[] direction(Random random) {
    float[] x = new float[features];
    for (int d = 0; d < features; d++) {
      x[d] = (float) random.nextGaussian();
    }
    return scaled(x);
  }

  /** A head of unit size, zero for padded labels. */
  float[] head(Random random) {
    float[] head = new float[tasks * labels * (features + 1)];
    for (int i = 0; i < head.length; i++) {
      head[i] = mask[i / (features + 1)] * (float) random.nextGaussian() / 4;
    }
    return head;
  }

  /** The same tasks with more padding. */
  RandomTasks padded(int toExamples, int toLabels) {
    RandomTasks wide = new RandomTasks(tasks, toExamples, toLabels, features);
    for (int task = 0; task < tasks; task++) {
      for (int example = 0; example < examples; example++) {
        int from = task * examples + example;
        int to = task * toExamples + example;
        System.arraycopy(support, from * features, wide.support, to * features, features);
        System.arraycopy(membership, from * labels, wide.membership, to * toLabels, labels);
      }
      System.arraycopy(mask, task * labels, wide.mask, task * toLabels, labels);
    }
    return wide;
  }

  /** One task as a batch of its own. */
  RandomTasks task(int task) {
    RandomTasks alone = new RandomTasks(1, examples, labels, features);
    System.arraycopy(support, task * examples * features, alone.support, 0, examples * features);
    System.arraycopy(membership, task * examples * labels, alone.membership, 0, examples * labels);
    System.arraycopy(mask, task * labels, alone.mask, 0, labels);
    return alone;
  }

  /** The same tasks as the trainer lays them out. */
  ArrayTasks arrays() {
    ArrayTasks arrays = new ArrayTasks(tasks, examples, labels, features);
    for (int row = 0; row < tasks * examples; row++) {
      for (int label = 0; label < labels; label++) {
        float weight = membership[row * labels + label];
        if (weight > 0) {
          arrays.put(row / examples, row % examples, label, weight, support, row * features);
        }
      }
    }
    return arrays;
  }

  private static float[] scaled(float[] x) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    for (int d = 0; d < x.length; d++) {
      x[d] /= (float) Math.sqrt(squares);
    }
    return x;
  }
}
