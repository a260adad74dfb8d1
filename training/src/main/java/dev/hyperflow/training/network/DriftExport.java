package dev.hyperflow.training.network;

import dev.hyperflow.models.internal.graph.DriftContract;
import dev.hyperflow.models.internal.graph.DriftGraph;
import dev.hyperflow.models.internal.graph.InitialBias;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import dev.hyperflow.models.internal.graph.SupportNodes;
import dev.hyperflow.training.tensor.OnnxTensors;

/** Writes the network as {@code drift.onnx}. */
public final class DriftExport {

  private DriftExport() {}

  /** Emits the network; the same parameters give the same bytes. */
  public static byte[] emit(Parameters parameters) {
    DriftGraph graph = new DriftGraph("anchored_newton_drift");
    SupportNodes nodes = graph.support();
    SupportTensors<String> task =
        new SupportTensors<>(
            nodes.ones(), nodes.membership(), nodes.labelRows(), nodes.labelColumns());
    DriftNetwork<String> network =
        new DriftNetwork<>(new OnnxTensors(graph.nodes(), parameters), task);
    return graph.finish(network.drift(DriftContract.HEAD));
  }

  /**
   * How the network is meant to be integrated: by steps of flow time 1, from the class means.
   *
   * @param steps number of steps
   */
  public static IntegrationPlan plan(int steps) {
    return new IntegrationPlan(steps, steps, DriftNetwork.INITIAL_SCALE, InitialBias.NEAREST_MEAN);
  }
}
