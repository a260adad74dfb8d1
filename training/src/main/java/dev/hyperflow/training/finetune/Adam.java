package dev.hyperflow.training.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba 2014, arXiv 1412.6980) on native arrays, at constant rates. For use by one
 * thread.
 */
final class Adam {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final NDManager manager;
  private final List<Moving> all = new ArrayList<>();
  private int steps;

  /** Keeps its moments in a manager. */
  Adam(NDManager manager) {
    this.manager = manager;
  }

  /** One parameter and its moments. */
  private record Moving(NDArray parameter, double rate, NDArray mean, NDArray square) {}

  /** Adds a parameter that has a gradient. */
  void add(NDArray parameter, double rate) {
    NDArray mean = manager.zeros(parameter.getShape());
    NDArray square = manager.zeros(parameter.getShape());
    all.add(new Moving(parameter, rate, mean, square));
  }

  /** Moves all parameters against their gradients and clears these. */
  void step() {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    for (Moving moving : all) {
      try (NDArray gradient = moving.parameter.getGradient()) {
        try (NDArray part = gradient.mul(1 - BETA1)) {
          moving.mean.muli(BETA1).addi(part);
        }
        try (NDArray part = gradient.square().muli(1 - BETA2)) {
          moving.square.muli(BETA2).addi(part);
        }
        // In place wherever it goes: the embeddings alone are 47 MB.
        try (NDArray length = moving.square.div(correction2);
            NDArray move = moving.mean.mul(moving.rate / correction1)) {
          moving.parameter.subi(move.divi(length.powi(0.5).addi(EPSILON)));
        }
        gradient.muli(0);
      }
    }
  }
}
