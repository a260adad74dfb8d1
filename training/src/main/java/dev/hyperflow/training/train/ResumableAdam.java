package dev.hyperflow.training.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Adam;
import dev.hyperflow.training.tensor.PyTorch;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * DJL's Adam with moments that a checkpoint can hold. It scales a gradient that is longer than 1 to
 * length 1. Not safe for use by several threads.
 */
final class ResumableAdam {

  private static final float BETA2 = 0.98f;
  private static final double MAX_LENGTH = 1;

  private float[] mean;
  private float[] variance;
  private int steps;

  ResumableAdam(int size) {
    this.mean = new float[size];
    this.variance = new float[size];
  }

  /** Moves parameters, in place, against a gradient. */
  void step(float[] parameters, float[] gradient, double learningRate) {
    steps++;
    try (NDManager manager = PyTorch.manager()) {
      NDArray slope = manager.create(gradient);
      NDArray clipped = slope.mul(MAX_LENGTH / Math.max(MAX_LENGTH, length(gradient)));
      NDArray moved = manager.create(parameters);
      List<NDArray> moments = List.of(manager.create(mean), manager.create(variance));
      new Step(steps, (float) learningRate, moments).update("all", moved, clipped);
      mean = moments.get(0).toFloatArray();
      variance = moments.get(1).toFloatArray();
      System.arraycopy(moved.toFloatArray(), 0, parameters, 0, parameters.length);
    }
  }

  private static double length(float[] gradient) {
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    return Math.sqrt(squares);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(steps);
    for (int i = 0; i < mean.length; i++) {
      out.writeFloat(mean[i]);
      out.writeFloat(variance[i]);
    }
  }

  static ResumableAdam read(DataInputStream in, int size) throws IOException {
    ResumableAdam adam = new ResumableAdam(size);
    adam.steps = in.readInt();
    for (int i = 0; i < size; i++) {
      adam.mean[i] = in.readFloat();
      adam.variance[i] = in.readFloat();
    }
    return adam;
  }

  /** One step from given moments, which it changes in place. */
  private static final class Step extends Adam {

    private final int number;
    private final Iterator<NDArray> moments;

    Step(int number, float learningRate, List<NDArray> moments) {
      super(builder().optBeta2(BETA2).optLearningRateTracker((name, step) -> learningRate));
      this.number = number;
      this.moments = moments.iterator();
    }

    @Override
    protected int updateCount(String name) {
      return number;
    }

    /** Adam asks for the mean, and then for the variance. */
    @Override
    protected NDArray withDefaultState(
        Map<String, Map<Device, NDArray>> state,
        String name,
        Device device,
        Function<String, NDArray> initial) {
      return moments.next();
    }
  }
}
