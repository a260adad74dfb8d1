package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/** Padded tasks as the graphs take them: B of them, M examples, N labels, D features. */
public final class TaskBatch {

  public final int tasks;
  public final int examples;
  public final int labels;
  public final int features;
  public final float[] support;
  public final float[] membership;
  public final float[] mask;

  /** Columns of the second block; empty where the graph does not mix blocks. */
  private OptionalInt inner = OptionalInt.empty();

  public TaskBatch(int tasks, int examples, int labels, int features) {
    this.tasks = tasks;
    this.examples = examples;
    this.labels = labels;
    this.features = features;
    this.support = new float[tasks * examples * features];
    this.membership = new float[tasks * examples * labels];
    this.mask = new float[tasks * labels];
  }

  /** Full tasks of unit vectors around one centre per label; every label has an example. */
  public static TaskBatch full(Random random, int tasks, int examples, int labels, int features) {
    TaskBatch batch = new TaskBatch(tasks, examples, labels, features);
    for (int task = 0; task < tasks; task++) {
      batch.fill(random, task, examples, labels);
    }
    return batch;
  }

  /** Tasks of different sizes, each padded to the given one. */
  public static TaskBatch ragged(Random random, int tasks, int examples, int labels, int features) {
    TaskBatch batch = new TaskBatch(tasks, examples, labels, features);
    for (int task = 0; task < tasks; task++) {
      int own = 1 + random.nextInt(Math.min(labels, examples));
      batch.fill(random, task, own + random.nextInt(examples - own + 1), own);
    }
    return batch;
  }

  private void fill(Random random, int task, int count, int own) {
    Arrays.fill(mask, task * labels, task * labels + own, 1f);
    float[][] centres = new float[own][];
    for (int label = 0; label < own; label++) {
      centres[label] = direction(random);
    }
    for (int example = 0; example < count; example++) {
      int label = example < own ? example : random.nextInt(own);
      float[] noise = direction(random);
      for (int d = 0; d < features; d++) {
        noise[d] += centres[label][d];
      }
      float weight = random.nextInt(4) == 0 ? 0.5f + random.nextFloat() : 1f;
      set(task, example, label, weight, scaled(noise));
    }
  }

  public void set(int task, int example, int label, float weight, float[] x) {
    int row = task * examples + example;
    System.arraycopy(x, 0, support, row * features, features);
    Arrays.fill(membership, row * labels, (row + 1) * labels, 0f);
    membership[row * labels + label] = weight;
    mask[task * labels + label] = 1f;
  }

  public float[] direction(Random random) {
    float[] x = new float[features];
    for (int d = 0; d < features; d++) {
      x[d] = (float) random.nextGaussian();
    }
    return scaled(x);
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

  /** The same tasks for a graph that mixes blocks; so many last columns are the second one. */
  TaskBatch inner(int columns) {
    inner = OptionalInt.of(columns);
    return this;
  }

  /** The same tasks with more padding. */
  public TaskBatch padded(int toExamples, int toLabels) {
    TaskBatch wide = new TaskBatch(tasks, toExamples, toLabels, features);
    wide.inner = inner;
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
  public TaskBatch task(int task) {
    TaskBatch alone = new TaskBatch(1, examples, labels, features);
    alone.inner = inner;
    System.arraycopy(support, task * examples * features, alone.support, 0, examples * features);
    System.arraycopy(membership, task * examples * labels, alone.membership, 0, examples * labels);
    System.arraycopy(mask, task * labels, alone.mask, 0, labels);
    return alone;
  }

  /** One task without its padding. */
  SupportSet supportSet(int task) {
    int own = 0;
    while (own < labels && isLabel(task, own)) {
      own++;
    }
    SupportSet.Builder set = SupportSet.builder(features, own);
    for (int example = 0; example < examples; example++) {
      for (int label = 0; label < own; label++) {
        if (membership(task, example, label) > 0) {
          int from = (task * examples + example) * features;
          float[] x = Arrays.copyOfRange(support, from, from + features);
          set.add(label, membership(task, example, label), x);
        }
      }
    }
    return set.build();
  }

  /** A support set as a batch of one, without padding. */
  static TaskBatch of(SupportSet set) {
    TaskBatch batch = new TaskBatch(1, set.examples(), set.labels(), set.dimension());
    Arrays.fill(batch.mask, 1f);
    for (int example = 0; example < set.examples(); example++) {
      batch.membership[example * set.labels() + set.label(example)] = set.weight(example);
      System.arraycopy(
          set.features(example), 0, batch.support, example * set.dimension(), set.dimension());
    }
    return batch;
  }

  double weight(int task, int example) {
    double weight = 0;
    for (int label = 0; label < labels; label++) {
      weight += membership(task, example, label);
    }
    return weight;
  }

  float membership(int task, int example, int label) {
    return membership[(task * examples + example) * labels + label];
  }

  float feature(int task, int example, int column) {
    return support[(task * examples + example) * features + column];
  }

  boolean isLabel(int task, int label) {
    return mask[task * labels + label] > 0;
  }

  /** Inputs of integrate.onnx. */
  public Map<String, Values> inputs() {
    Map<String, Values> inputs = new HashMap<>();
    inputs.put("support", new Values(support, tasks, examples, features));
    inputs.put("membership", new Values(membership, tasks, examples, labels));
    inputs.put("label_mask", new Values(mask, tasks, labels));
    inner.ifPresent(columns -> inputs.put("inner", new Values(new float[] {columns}, 1)));
    return inputs;
  }

  /** Inputs of drift.onnx. */
  public Map<String, Values> inputs(float[] head, float time) {
    Map<String, Values> inputs = inputs();
    float[] times = new float[tasks];
    Arrays.fill(times, time);
    inputs.put("t", new Values(times, tasks));
    inputs.put("head", new Values(head, tasks, labels, features + 1));
    return inputs;
  }
}
