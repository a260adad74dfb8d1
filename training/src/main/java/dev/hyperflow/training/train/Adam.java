package dev.hyperflow.training.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Adam (Kingma and Ba 2014, arXiv 1412.6980) with gradients cut to a length. Not safe for use by
 * several threads.
 */
final class Adam {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double EPSILON = 1e-8;
  private static final double LONGEST = 1.0;

  private final double[] mean;
  private final double[] square;
  private int steps;

  /** Starts at rest. */
  Adam(int size) {
    this.mean = new double[size];
    this.square = new double[size];
  }

  /** Moves parameters, in place, against a gradient. */
  void step(float[] parameters, float[] gradient, double learningRate) {
    steps++;
    double scale = Math.min(1, LONGEST / Math.max(length(gradient), 1e-30));
    double correction1 = 1 - StrictMath.pow(BETA1, steps);
    double correction2 = 1 - StrictMath.pow(BETA2, steps);
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i] * scale;
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
      square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
      double direction = mean[i] / correction1 / (Math.sqrt(square[i] / correction2) + EPSILON);
      parameters[i] -= (float) (learningRate * direction);
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
      out.writeDouble(mean[i]);
      out.writeDouble(square[i]);
    }
  }

  static Adam read(DataInputStream in, int size) throws IOException {
    Adam adam = new Adam(size);
    adam.steps = in.readInt();
    for (int i = 0; i < size; i++) {
      adam.mean[i] = in.readDouble();
      adam.square[i] = in.readDouble();
    }
    return adam;
  }
}
