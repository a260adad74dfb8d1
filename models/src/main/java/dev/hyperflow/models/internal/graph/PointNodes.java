package dev.hyperflow.models.internal.graph;

/** What a loop says of a point of a trajectory: the length of the drift and the support loss. */
final class PointNodes {

  /*
   * Sums over labels or examples are running sums, which zeros at the end leave alone to the last
   * bit; a reduction would add in another order. What is decided by these values must not depend on
   * padding.
   */

  private final SupportNodes support;
  private final OnnxGraph body;
  private final String totalWeight;
  private final String closed;

  /**
   * Adds what all points share.
   *
   * @param g the graph of the support set
   * @param body the body of the loop, which the nodes of a point go into
   */
  PointNodes(OnnxGraph g, SupportNodes support, OnnxGraph body) {
    this.support = support;
    this.body = body;
    String weights = g.op("Squeeze", g.sum(support.membership(), 2), g.longs(2));
    this.totalWeight = g.orderedSum(weights);
    this.closed = support.closed(g);
  }

  /** Frobenius norm of float[B,N,D+1]: float[B,1]. */
  String norm(String values) {
    String squares = body.op("ReduceSumSquare", values, body.longs(2));
    return body.op("Sqrt", body.orderedSum(body.op("Squeeze", squares, body.longs(2))));
  }

  /** Weighted mean cross-entropy of the support set, NaN if the head is not finite: float[B,1]. */
  String loss(String head) {
    String logits = support.logits(body, head);
    String open = body.op("Add", logits, closed);
    String likelihood = body.op("Mul", support.membership(), body.op("LogSoftmax", open));
    String each = body.op("Squeeze", body.sum(likelihood, 2), body.longs(2));
    String mean = body.op("Div", body.op("Neg", body.orderedSum(each)), totalWeight);
    // 0 times the sum is NaN if the head, or its sum, is not finite
    String sum = body.op("Squeeze", body.op("ReduceSum", head, body.longs(1, 2)), body.longs(2));
    return body.op("Add", mean, body.op("Mul", sum, body.scalar(0f)));
  }
}
