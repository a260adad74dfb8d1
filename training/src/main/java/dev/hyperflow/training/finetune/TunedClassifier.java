package dev.hyperflow.training.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An encoder with a linear head on top, both being fitted to the examples of one task. Owns native
 * memory. For use by one thread.
 */
final class TunedClassifier implements AutoCloseable {

  /*
   * The head starts where a prototypical network would be, at ten times the means: vectors have
   * length 1, so that differences of logits are of the order of one and the loss is neither flat
   * nor saturated. From zeros a hundred steps are spent on finding the prototypes.
   */
  private static final float SCALE = 10f;
  private static final int QUERY_BATCH = 32;

  private final NDManager manager;
  private final MiniLm encoder;
  private final NDArray weights; // [hidden][ways]
  private final NDArray bias; // [ways]
  private final TokenBatch examples;
  private final NDArray targets; // [examples][ways]

  /**
   * Starts from a pretrained encoder.
   *
   * @param pretrained keeps its values; what does not move is shared with it
   * @param labels of the examples, each of 0 to ways − 1 at least once
   */
  TunedClassifier(MiniLm pretrained, TuningMode mode, TokenBatch examples, int[] labels, int ways) {
    this.manager = Torch.manager();
    this.encoder = pretrained.tunable(manager, mode::moves);
    this.examples = examples;
    float[] oneHot = new float[labels.length * ways];
    float[] counts = new float[ways];
    for (int m = 0; m < labels.length; m++) {
      oneHot[m * ways + labels[m]] = 1;
      counts[labels[m]]++;
    }
    this.targets = manager.create(oneHot, new Shape(labels.length, ways));
    try (NDManager scratch = manager.newSubManager()) {
      NDArray sums = encoder.embed(scratch, examples).transpose().matMul(targets);
      NDArray means = sums.div(scratch.create(counts));
      this.weights = means.mul(SCALE);
      this.bias = means.square().sum(new int[] {0}).mul(-SCALE / 2);
      weights.attach(manager);
      bias.attach(manager);
    }
    weights.setRequiresGradient(true);
    bias.setRequiresGradient(true);
  }

  /** An optimiser of everything that moves. */
  Adam optimiser(double encoderRate, double headRate) {
    Adam adam = new Adam(manager);
    encoder.parameters().values().stream()
        .filter(NDArray::hasGradient)
        .forEach(array -> adam.add(array, encoderRate));
    adam.add(weights, headRate);
    adam.add(bias, headRate);
    return adam;
  }

  /** The encoder that moves. */
  MiniLm encoder() {
    return encoder;
  }

  /** The head's matrix. */
  NDArray weights() {
    return weights;
  }

  /**
   * Computes gradients, added to those that are there.
   *
   * @return mean cross-entropy of the examples, nats
   */
  float backward() {
    try (NDManager scratch = manager.newSubManager();
        GradientCollector recording = Torch.recording()) {
      NDArray loss = loss(scratch);
      recording.backward(loss);
      return loss.getFloat();
    }
  }

  /** The loss alone. */
  float loss() {
    try (NDManager scratch = manager.newSubManager()) {
      return loss(scratch).getFloat();
    }
  }

  private NDArray loss(NDManager scratch) {
    NDArray logits = encoder.embed(scratch, examples).matMul(weights).add(bias);
    return logits.logSoftmax(-1).mul(targets).sum().div(-examples.rows());
  }

  /** The label of each text, in batches of similar length. */
  int[] classify(List<long[]> texts) {
    int[] chosen = new int[texts.size()];
    List<Integer> order = new ArrayList<>(IntStream.range(0, chosen.length).boxed().toList());
    order.sort(Comparator.comparingInt(i -> texts.get(i).length));
    for (int start = 0; start < chosen.length; start += QUERY_BATCH) {
      List<Integer> batch = order.subList(start, Math.min(chosen.length, start + QUERY_BATCH));
      try (NDManager scratch = manager.newSubManager()) {
        TokenBatch tokens = TokenBatch.of(batch.stream().map(texts::get).toList());
        NDArray logits = encoder.embed(scratch, tokens).matMul(weights).add(bias);
        long[] best = logits.argMax(1).toLongArray();
        for (int i = 0; i < best.length; i++) {
          chosen[batch.get(i)] = (int) best[i];
        }
      }
    }
    return chosen;
  }

  @Override
  public void close() {
    manager.close();
  }
}
