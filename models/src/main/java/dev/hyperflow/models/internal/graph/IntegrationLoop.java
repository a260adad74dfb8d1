package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.Integrator;
import dev.hyperflow.models.internal.Stepping;

/** Emits the loop that follows a drift; one turn evaluates the drift once. */
interface IntegrationLoop {

  /** The loop of a plan. */
  static IntegrationLoop of(OnnxGraph g, SupportNodes support, IntegrationPlan plan) {
    if (plan.stepping().equals(Stepping.euler())) {
      return new EulerLoop(g, support, plan); // the smallest graph, and bytes that are released
    }
    return plan.stepping().integrator() == Integrator.ADAPTIVE
        ? new AdaptiveLoop(g, support, plan)
        : new StagedLoop(g, support, plan);
  }

  /** The body of the loop, for the nodes that compute the drift. */
  OnnxGraph body();

  /** In the body: the head at which the drift is wanted, float[B,N,D+1]. */
  String head();

  /** In the body: the time at which the drift is wanted, float[B]. */
  String time();

  /**
   * Closes the loop.
   *
   * @param initial float[B,N,D+1], where to start
   * @param drift float[B,N,D+1], a value of the body or around it
   */
  Ends emit(String initial, String drift);

  /**
   * What a loop gives.
   *
   * @param last float[B,N,D+1], end of the trajectory
   * @param best float[B,N,D+1], its point of the lowest support loss
   * @param trace float[B,S+1,2]
   */
  record Ends(String last, String best, String trace) {

    /** The end of the trajectory, or its best point if the end is no better than the start. */
    String soundHead(OnnxGraph g, String trace) {
      String losses = g.slice(trace, g.longs(1), g.longs(2), 2);
      String first = g.slice(losses, g.longs(0), g.longs(1), 1);
      String end = g.slice(losses, g.longs(-1), g.longs(Long.MAX_VALUE), 1);
      return g.op("Where", g.op("LessOrEqual", end, first), last, best);
    }
  }
}
