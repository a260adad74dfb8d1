package dev.hyperflow.models.internal.graph;

/** Emits the prototype head: a row is the scaled weighted mean of its label's features. */
final class PrototypeHead {

  private PrototypeHead() {}

  /**
   * Emits a prototype head. A label without examples, or masked out, gets a row of zeros.
   *
   * @param g the graph to add to
   * @param support the support set
   * @param scale factor of the mean
   * @param bias rule for the last column
   * @return float[B,N,D+1]
   */
  static String emit(OnnxGraph g, SupportNodes support, float scale, InitialBias bias) {
    String minusOne = g.longs(-1);
    String end = g.longs(Long.MAX_VALUE);
    String sums = g.op("MatMul", g.transpose(support.membership()), support.ones());
    String count = g.slice(sums, minusOne, end, 2);
    String totals = g.slice(sums, g.longs(0), minusOne, 2);
    String zero = g.scalar(0f);
    String empty = g.op("Equal", count, zero);
    String means = g.op("Div", totals, g.op("Where", empty, g.scalar(1f), count));
    String squares = g.op("ReduceSumSquare", means, g.longs(2));
    String intercept =
        switch (bias) {
          case ZERO -> g.op("Mul", squares, zero);
          case NEAREST_MEAN -> g.op("Mul", squares, g.scalar(-scale / 2));
        };
    String head = g.concat(2, g.op("Mul", means, g.scalar(scale)), intercept);
    return g.op("Where", support.labelRows(), head, zero);
  }
}
