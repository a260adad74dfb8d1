package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.hyperflow.models.internal.Blocks;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Emits the factors of the columns of a support set, by the evidence of {@link Blocks}. */
final class BlockScale {

  /*
   * With A = K + q qᵀ + λI over the examples that are judged (q is 1 for an example, 0 for padding),
   * Y one-hot labels and α = A⁻¹Y, the score that ridge regression gives a left-out example is
   *
   *   y − α / diag(A⁻¹)        (Hastie, Tibshirani & Friedman, section 7.10)
   *
   * for all examples at once. K = (1 − w) G + w G', with G and G' the inner products in the two
   * blocks, so a candidate costs one inverse and no pass over the features. All candidates are
   * inverted side by side.
   *
   * Scaled by √(1 − w) and √w the columns have exactly these inner products, so whatever follows is
   * the flow of one block. A head over scaled columns, scaled once more, is a head over the columns
   * as they came.
   *
   * Features that are longer than 1 are looked at in the unit of their mean length, as their inner
   * products would drown the ridge.
   *
   * Bits. Rows of padding are zero but for the ridge, as in SpdInverse, and sums over examples run
   * in their order. Which examples are judged depends on the number of real ones alone.
   */

  private final OnnxGraph g;
  private final Blocks blocks;

  private BlockScale(OnnxGraph g, Blocks blocks) {
    this.g = g;
    this.blocks = blocks;
  }

  /**
   * Emits the scale.
   *
   * @param g a graph with the inputs of {@link IntegrateGraph}
   * @return float[B,1,D]: ones if the input {@link IntegrateGraph#INNER} is zero
   */
  static String emit(OnnxGraph g, Blocks blocks) {
    OnnxGraph two = new OnnxGraph("two_blocks", "blocks/");
    two.output(new BlockScale(two, blocks).scale(), FLOAT, "B", 1, "D");
    OnnxGraph one = new OnnxGraph("one_block", "block/");
    String first = one.slice(DriftContract.SUPPORT, one.longs(0), one.longs(1), 1);
    one.output(one.op("Expand", one.scalar(1f), one.op("Shape", first)), FLOAT, "B", 1, "D");
    String divided = g.op("Greater", IntegrateGraph.INNER, g.scalar(0f));
    List<AttributeProto> branches =
        List.of(attribute("then_branch", two.build()), attribute("else_branch", one.build()));
    return g.op("If", branches, g.op("Squeeze", divided));
  }

  private String scale() {
    String inner = g.cast(IntegrateGraph.INNER, INT64);
    String outer = g.op("Sub", g.size(DriftContract.SUPPORT, 2), inner);
    String share = share(inner);
    String rest = g.op("Sub", g.scalar(1f), share);
    return g.concat(2, columns(rest, outer), columns(share, inner));
  }

  /** The root of a share in as many columns: float[B,1,n]. */
  private String columns(String share, String count) {
    return g.op("Expand", g.op("Sqrt", share), g.concat(0, g.longs(1, 1), count));
  }

  /** The share of the inner block: float[B,1,1]. */
  private String share(String inner) {
    Judged judged = new Judged();
    String split = g.op("Neg", inner);
    String outerGram = gram(g.slice(judged.features, g.longs(0), split, 2));
    String innerGram = gram(g.slice(judged.features, split, g.longs(Long.MAX_VALUE), 2));
    String outerShare = perCandidate(share -> 1 - share);
    String innerShare = perCandidate(share -> share);
    String products =
        g.op("Add", g.op("Mul", outerGram, outerShare), g.op("Mul", innerGram, innerShare));
    String unit = g.op("Div", products, judged.squaredLength());
    String evidence = evidence(judged, g.op("Add", unit, gram(judged.real)));
    String likelihood = g.op("Mul", evidence, g.scalar((float) blocks.strength()));
    String weights = g.op("Softmax", g.op("Add", likelihood, prior()));
    String mean = g.op("MatMul", weights, candidates(share -> share, blocks.shares().size(), 1));
    String any = g.op("Greater", g.sum(judged.weight, 1), g.scalar(0f));
    String found = g.op("Where", any, g.op("Unsqueeze", mean, g.longs(2)), g.scalar(0f));
    // Features that no arithmetic survives leave no evidence: only NaN is unequal to itself.
    return g.op("Where", g.op("Equal", found, found), found, g.scalar(0f));
  }

  /** Inner products of the rows of float[B,E,n], for all candidates: float[B,1,E,E]. */
  private String gram(String rows) {
    return g.op("Unsqueeze", g.op("MatMul", rows, g.transpose(rows)), g.longs(1));
  }

  /** The log-likelihood of left-out examples under each of C candidates: float[B,C]. */
  private String evidence(Judged judged, String kernels) {
    String shape = g.op("Shape", kernels);
    String square = g.concat(0, g.longs(-1), g.slice(shape, g.longs(2), g.longs(4), 0));
    String ridge = g.floats(new float[] {(float) blocks.ridge()}, 1, 1, 1);
    String inverses = SpdInverse.emit(g, g.op("Reshape", kernels, square), ridge);
    String inverse = g.op("Reshape", inverses, shape);

    String labels = g.op("Unsqueeze", judged.labels, g.longs(1));
    String leverage = g.op("Div", g.op("MatMul", inverse, labels), g.diagonal(inverse, 4));
    String scores =
        g.op("Mul", g.op("Sub", labels, leverage), g.scalar((float) blocks.sharpness()));
    String real = g.op("Greater", DriftContract.LABEL_MASK, g.scalar(0f));
    String open =
        g.op(
            "Where", g.op("Unsqueeze", real, g.longs(1, 2)), scores, g.scalar(SupportNodes.MASKED));
    String own = g.sum(g.op("Mul", g.op("LogSoftmax", open), labels), 3);
    String each = g.op("Mul", own, g.op("Unsqueeze", judged.weight, g.longs(1)));
    String rows =
        g.op("Reshape", each, g.concat(0, g.longs(-1), g.slice(shape, g.longs(2), g.longs(3), 0)));
    String sums = g.orderedSum(rows);
    return g.op("Reshape", sums, g.longs(-1, blocks.shares().size()));
  }

  /** Log-weights of the candidates before any evidence: float[1,C]. */
  private String prior() {
    float[] prior = new float[blocks.shares().size()];
    prior[0] = (float) blocks.caution();
    return g.floats(prior, 1, prior.length);
  }

  /** A factor of each candidate: float[1,C,1,1]. */
  private String perCandidate(DoubleUnaryOperator factor) {
    return candidates(factor, 1, blocks.shares().size(), 1, 1);
  }

  private String candidates(DoubleUnaryOperator factor, long... dimensions) {
    float[] values = new float[blocks.shares().size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = (float) factor.applyAsDouble(blocks.shares().get(c));
    }
    return g.floats(values, dimensions);
  }

  /** The examples that are judged, E of them: all, or as many as may be, evenly spread. */
  private final class Judged {

    /** float[B,E,D]; rows of padding are zero. */
    private final String features;

    /** float[B,E,N]: one-hot labels; rows of padding are zero. */
    private final String labels;

    /** float[B,E,1]: 1 for an example, 0 for padding. */
    private final String real;

    /** float[B,E,1]: the weight, at most 1; 0 where no other example has the label. */
    private final String weight;

    Judged() {
      String missing = SpdInverse.missing(g, g.size(DriftContract.SUPPORT, 1));
      String padding = g.concat(0, g.longs(0, 0, 0, 0), missing, g.longs(0));
      String weights = g.op("Pad", DriftContract.MEMBERSHIP, padding);
      ExampleSample sample = new ExampleSample(g, weights, blocks.examples());
      String membership = sample.pick(weights);
      this.features = sample.pick(g.op("Pad", DriftContract.SUPPORT, padding));
      this.labels = g.cast(g.op("Greater", membership, g.scalar(0f)), FLOAT);
      this.real = g.sum(labels, 2);
      String alike = g.sum(g.op("Mul", labels, g.sum(labels, 1)), 2);
      String light = g.op("Min", g.sum(membership, 2), g.scalar(1f));
      this.weight = g.op("Where", g.op("Greater", alike, g.scalar(1f)), light, g.scalar(0f));
    }

    /** Mean squared length of a block, at least 1: float[B,1,1,1]. */
    String squaredLength() {
      String squares = g.op("ReduceSumSquare", features, g.longs(2));
      String total = g.orderedSum(g.op("Squeeze", squares, g.longs(2)));
      String count = g.orderedSum(g.op("Squeeze", real, g.longs(2)));
      String mean = g.op("Div", total, g.op("Mul", count, g.scalar(2f)));
      return g.op("Unsqueeze", g.op("Max", mean, g.scalar(1f)), g.longs(2, 3));
    }
  }
}
