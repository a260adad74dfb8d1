package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.Integrator;
import dev.hyperflow.models.internal.Stepping;

/** Every way to step, with and without rest. */
enum Steppings {
  EULER(Integrator.EULER, 0f, 0f),
  EULER_RESTING(Integrator.EULER, 0f, 0.03f),
  HEUN(Integrator.HEUN, 0f, 0f),
  HEUN_RESTING(Integrator.HEUN, 0f, 0.03f),
  RK4(Integrator.RK4, 0f, 0f),
  RK4_RESTING(Integrator.RK4, 0f, 0.03f),
  ADAPTIVE(Integrator.ADAPTIVE, 0.01f, 0f),
  ADAPTIVE_RESTING(Integrator.ADAPTIVE, 0.01f, 0.03f);

  private final Integrator integrator;
  private final float tolerance;
  private final float earlyStop;

  Steppings(Integrator integrator, float tolerance, float earlyStop) {
    this.integrator = integrator;
    this.tolerance = tolerance;
    this.earlyStop = earlyStop;
  }

  Stepping stepping() {
    return new Stepping(integrator, tolerance, earlyStop);
  }
}
