package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import java.util.List;

/**
 * Picks examples of a support set: all, or as many as may be, evenly spread over them. Which ones
 * depends on the number of examples alone, not on padding.
 */
public final class ExampleSample {

  private final OnnxGraph g;
  private final String rows;

  /**
   * Emits the choice.
   *
   * @param g the graph to add to
   * @param membership float[B,M,N], M a multiple of 32; zero rows are padding and come last
   * @param most maximum number of examples, a multiple of 32
   */
  public ExampleSample(OnnxGraph g, String membership, int most) {
    this.g = g;
    String positive = g.op("Greater", g.sum(membership, 2), g.scalar(0f));
    String count = g.op("Squeeze", g.sum(g.cast(positive, INT64), 1), g.longs(2));
    String limit = g.longs(most);
    String picked = g.op("Squeeze", g.op("Min", g.size(membership, 1), limit));
    String places = g.op("Range", g.index(0), picked, g.index(1));
    String spread = g.op("Mul", g.op("Unsqueeze", places, g.longs(0)), g.op("Max", count, limit));
    this.rows = g.op("Unsqueeze", g.op("Div", spread, limit), g.longs(2));
  }

  /**
   * The rows of the examples that are picked.
   *
   * @param values float[B,M,k]
   * @return float[B,E,k], E the smaller of M and the maximum; rows of padding come last
   */
  public String pick(String values) {
    return g.op("GatherND", List.of(attribute("batch_dims", 1)), values, rows);
  }
}
