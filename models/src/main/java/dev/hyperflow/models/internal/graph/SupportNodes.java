package dev.hyperflow.models.internal.graph;

/** What every formula over a support set starts from, as values of a graph. */
public final class SupportNodes {

  /*
   * The support axis is padded to a multiple of 32 first. Kernels of ONNX Runtime take another path
   * for matrices of one row, and block their sums by the number of columns in ranges that end at 32
   * and 64: so a task keeps its bits when it is padded up to the next multiple of 32.
   */

  /** Stands for minus infinity in masked logits; finite, so that 0 times it is 0. */
  static final float MASKED = -1e30f;

  private final String ones;
  private final String membership;
  private final String labelRows;
  private final String labelColumns;

  /**
   * Adds the nodes to a graph that has the inputs of {@link DriftContract}.
   *
   * @param features float[B,M,D]
   */
  SupportNodes(OnnxGraph g, String features) {
    String missing = SpdInverse.missing(g, g.size(features, 1));
    String start = g.longs(0, 0, 0, 0);
    String wider = g.concat(0, start, missing, g.longs(1));
    this.ones = g.op("Pad", features, wider, g.scalar(1f));
    String longer = g.concat(0, start, missing, g.longs(0));
    this.membership = g.op("Pad", DriftContract.MEMBERSHIP, longer);
    String real = g.op("Greater", DriftContract.LABEL_MASK, g.scalar(0f));
    this.labelRows = g.op("Unsqueeze", real, g.longs(2));
    this.labelColumns = g.op("Unsqueeze", real, g.longs(1));
  }

  /** float[B,M',D+1]: the features and a last column of ones; rows of padding are all ones. */
  public String ones() {
    return ones;
  }

  /** float[B,M',N]: the membership; rows of padding are zero. */
  public String membership() {
    return membership;
  }

  /** bool[B,N,1]: true for a label, false for padding; selects rows of a head. */
  public String labelRows() {
    return labelRows;
  }

  /** bool[B,1,N]: true for a label, false for padding; selects columns of logits. */
  public String labelColumns() {
    return labelColumns;
  }

  /** What closes logits to padded labels when it is added: float[B,1,N]. */
  String closed(OnnxGraph g) {
    return g.op("Where", labelColumns, g.scalar(0f), g.scalar(MASKED));
  }

  /**
   * The logits of a head on the support set.
   *
   * @param at the graph to add to: the one of this support set, or one inside it
   * @param head float[B,N,D+1]
   * @return float[B,M',N]
   */
  String logits(OnnxGraph at, String head) {
    return at.op("MatMul", ones, at.transpose(head));
  }
}
