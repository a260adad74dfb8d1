package dev.hyperflow.training.network;

import ai.djl.ndarray.NDArray;
import dev.hyperflow.training.tensor.DjlTensors;
import java.util.Arrays;

/**
 * Support sets of a batch, padded to a common size, in row-major order. Not safe for use by several
 * threads.
 *
 * <p>The arrays are the caller's to fill; a row of membership that stays zero is padding.
 */
public final class ArrayTasks {

  private static final int BLOCK = 32;

  private final int tasks;
  private final int examples;
  private final int labels;
  private final int features;
  private final float[] ones;
  private final float[] membership;
  private final float[] mask;

  /**
   * Tasks without examples.
   *
   * @param tasks number B of tasks
   * @param examples maximum number of examples of a task; padded to a multiple of 32
   * @param labels maximum number N of labels of a task
   * @param features number D of features
   */
  public ArrayTasks(int tasks, int examples, int labels, int features) {
    this.tasks = tasks;
    this.examples = (examples + BLOCK - 1) / BLOCK * BLOCK;
    this.labels = labels;
    this.features = features;
    this.ones = new float[tasks * this.examples * (features + 1)];
    this.membership = new float[tasks * this.examples * labels];
    this.mask = new float[tasks * labels];
    for (int row = 1; row <= tasks * this.examples; row++) {
      ones[row * (features + 1) - 1] = 1f;
    }
  }

  /**
   * Puts an example.
   *
   * @param task index of the task
   * @param example index of the example in its task
   * @param label index of its label
   * @param weight its weight
   * @param x D features
   */
  public void put(int task, int example, int label, float weight, float[] x) {
    int row = task * examples + example;
    System.arraycopy(x, 0, ones, row * (features + 1), features);
    Arrays.fill(membership, row * labels, (row + 1) * labels, 0f);
    membership[row * labels + label] = weight;
    mask[task * labels + label] = 1f;
  }

  /** The batch as arrays of PyTorch. */
  public SupportTensors<NDArray> arrays(DjlTensors t) {
    NDArray real = t.array(mask, tasks, labels).gt(0f);
    return new SupportTensors<>(
        t.array(ones, tasks, examples, features + 1L),
        t.array(membership, tasks, examples, labels),
        real.expandDims(2),
        real.expandDims(1));
  }
}
