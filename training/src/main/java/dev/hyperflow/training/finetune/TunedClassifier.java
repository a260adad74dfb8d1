package dev.hyperflow.training.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.hyperflow.training.tensor.PyTorch;
import java.util.List;

/**
 * An encoder with a linear head on top, both being fitted to the examples of one task. Owns native
 * memory. For use by one thread.
 */
final class TunedClassifier implements AutoCloseable {

  /*
   * The head starts where a prototypical network would be, at ten times the means. Vectors have
   * length 1, so differences of logits are of the order of one. The loss is neither flat nor
   * saturated. From zeros a hundred steps are spent on finding the prototypes.
   */
  private static final float SCALE = 10f;
  private static final int QUERY_BATCH = 32;

  /** Gradients of so many examples at a time are added up, as one would who pays for padding. */
  private static final int EXAMPLE_BATCH = 8;

  private final NDManager manager;
  private final MiniLm encoder;
  private final NDArray weights; // [hidden][ways]
  private final NDArray bias; // [ways]
  private final int count;
  private final List<Part> parts;

  /** Some of the examples, and their labels one-hot, [rows][ways]. */
  private record Part(TokenBatch tokens, NDArray targets) {}

  /**
   * Starts from a pretrained encoder.
   *
   * @param pretrained keeps its values; what does not move is shared with it
   * @param examples tokens of the examples
   * @param labels of the examples, each of 0 to ways − 1 at least once
   */
  TunedClassifier(
      MiniLm pretrained, TuningMode mode, List<long[]> examples, int[] labels, int ways) {
    this.manager = PyTorch.manager();
    this.encoder = pretrained.tunable(manager, mode::moves);
    this.count = labels.length;
    this.parts =
        LengthBatch.of(examples, EXAMPLE_BATCH).stream()
            .map(batch -> new Part(batch.tokens(), oneHot(batch.rows(), labels, ways)))
            .toList();
    try (NDManager scratch = manager.newSubManager()) {
      NDArray sums = scratch.zeros(new Shape(encoder.shape().hidden(), ways));
      NDArray counts = scratch.zeros(new Shape(ways));
      for (Part part : parts) {
        NDArray vectors = encoder.embed(scratch, part.tokens);
        sums.addi(vectors.transpose().matMul(part.targets));
        counts.addi(part.targets.sum(new int[] {0}));
      }
      NDArray means = sums.div(counts);
      this.weights = means.mul(SCALE);
      this.bias = means.square().sum(new int[] {0}).mul(-SCALE / 2);
      weights.attach(manager);
      bias.attach(manager);
    }
    weights.setRequiresGradient(true);
    bias.setRequiresGradient(true);
  }

  private NDArray oneHot(int[] rows, int[] labels, int ways) {
    float[] oneHot = new float[rows.length * ways];
    for (int i = 0; i < rows.length; i++) {
      oneHot[i * ways + labels[rows[i]]] = 1;
    }
    return manager.create(oneHot, new Shape(rows.length, ways));
  }

  /** An optimiser of everything that moves. */
  ScopedAdam optimiser(double encoderRate, double headRate) {
    ScopedAdam adam = ScopedAdam.in(manager);
    encoder
        .parameters()
        .forEach(
            (name, array) -> {
              if (array.hasGradient()) {
                adam.add("encoder." + name, array, encoderRate);
              }
            });
    adam.add("head.weights", weights, headRate);
    adam.add("head.bias", bias, headRate);
    return adam;
  }

  MiniLm encoder() {
    return encoder;
  }

  /** The head's matrix, [hidden][ways]. */
  NDArray weights() {
    return weights;
  }

  /** Computes gradients, added to those that are there. */
  void backward() {
    for (Part part : parts) {
      try (NDManager scratch = manager.newSubManager();
          GradientCollector recording = PyTorch.recording()) {
        recording.backward(loss(scratch, part));
      }
    }
  }

  /** Mean cross-entropy of the examples, nats, without gradients. */
  float loss() {
    float sum = 0;
    for (Part part : parts) {
      try (NDManager scratch = manager.newSubManager()) {
        sum += loss(scratch, part).getFloat();
      }
    }
    return sum;
  }

  /** What a part gives to the mean over all examples. */
  private NDArray loss(NDManager scratch, Part part) {
    NDArray logits = encoder.embed(scratch, part.tokens).matMul(weights).add(bias);
    return logits.logSoftmax(-1).mul(part.targets).sum().div(-count);
  }

  /** Answers texts, each with the index of a label. */
  int[] classify(List<long[]> texts) {
    int[] chosen = new int[texts.size()];
    for (LengthBatch batch : LengthBatch.of(texts, QUERY_BATCH)) {
      try (NDManager scratch = manager.newSubManager()) {
        NDArray logits = encoder.embed(scratch, batch.tokens()).matMul(weights).add(bias);
        long[] best = logits.argMax(1).toLongArray();
        for (int i = 0; i < best.length; i++) {
          chosen[batch.rows()[i]] = (int) best[i];
        }
      }
    }
    return chosen;
  }

  /** Floating-point operations of a forward pass over the examples. */
  double forwardOperations() {
    return parts.stream()
        .mapToDouble(
            part -> encoder.shape().forwardOperations(part.tokens.rows(), part.tokens.length()))
        .sum();
  }

  @Override
  public void close() {
    manager.close();
  }
}
