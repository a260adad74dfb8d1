package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Stepping;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;

/** A method of integration. */
interface Steps {

  /** The method of a stepping. */
  static Steps of(Stepping stepping, int steps, double horizon) {
    return switch (stepping.integrator()) {
      case EULER -> new EqualSteps(steps, horizon, stepping.earlyStop(), EqualSteps::euler);
      case HEUN -> new EqualSteps(steps, horizon, stepping.earlyStop(), EqualSteps::heun);
      case RK4 -> new EqualSteps(steps, horizon, stepping.earlyStop(), EqualSteps::rk4);
      case ADAPTIVE -> new AdaptiveSteps(stepping, steps, horizon);
    };
  }

  /**
   * The points of a trajectory as a trace names them, steps + 1 of them; a point that stands for
   * several rows is there several times.
   *
   * @param head row-major [N][D+1]
   */
  List<Point> follow(float[] head, DriftField field, SupportSet support);
}
