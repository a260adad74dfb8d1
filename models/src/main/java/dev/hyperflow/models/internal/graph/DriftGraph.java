package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;

/**
 * A drift network in the making: an ONNX graph that has the inputs of {@link DriftContract} and
 * ends in its output. Not safe for use by several threads.
 */
public final class DriftGraph {

  private final OnnxGraph g;
  private final SupportNodes support;

  /**
   * Begins a network.
   *
   * @param name name of the graph, for people who look into the file
   */
  public DriftGraph(String name) {
    this.g = new OnnxGraph(name, "");
    g.input(DriftContract.HEAD, FLOAT, "B", "N", "D1");
    g.input(DriftContract.TIME, FLOAT, "B");
    g.input(DriftContract.SUPPORT, FLOAT, "B", "M", "D");
    g.input(DriftContract.MEMBERSHIP, FLOAT, "B", "M", "N");
    g.input(DriftContract.LABEL_MASK, FLOAT, "B", "N");
    this.support = new SupportNodes(g, DriftContract.SUPPORT);
  }

  /** The graph to add nodes to. */
  public OnnxGraph nodes() {
    return g;
  }

  /** The support set, padded as products need it. */
  public SupportNodes support() {
    return support;
  }

  /**
   * Ends the network; nothing may be added after.
   *
   * @param drift float[B,N,D+1], the drift
   * @return the content of {@code drift.onnx}. The same calls give the same bytes
   */
  public byte[] finish(String drift) {
    g.output(g.named(DriftContract.DRIFT, drift), FLOAT, "B", "N", "D1");
    return OnnxGraph.model(g.build(), OnnxGraph.OPSETS).toByteArray();
  }
}
