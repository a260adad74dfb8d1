package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;

/** Emits the inverse of symmetric positive definite matrices, which ONNX has no operator for. */
public final class SpdInverse {

  /*
   * Block Gauss–Jordan elimination in place (Golub & Van Loan, Matrix Computations; a positive
   * definite matrix needs no pivoting). With block column k of A replaced by that of the identity
   * (A'), E that block column and P the inverse of the pivot block,
   *
   *   A ← A' − (A_:k − E) (P A'_k:)
   *
   * turns A into its inverse after one pass over the blocks: n / 32 turns of a Loop, each an
   * n × 32 × n product, n³ multiply-adds in all, whatever n is at run time. The pivot block is
   * inverted by 32 unrolled scalar steps of the same kind on [A_kk | I].
   *
   * n is padded to a multiple of the block with rows that are zero but for the ridge on the
   * diagonal. Such rows take part with exact zeros, so the others keep their bits.
   */

  /** Side of a pivot block; n is padded to a multiple of it. */
  static final int BLOCK = 32;

  /** How the blocks on the diagonal are inverted. */
  public enum Pivots {
    /** By standard operators, 32 steps of them: slow for small matrices. */
    UNROLLED,
    /** By one operator of ONNX Runtime's own. */
    RUNTIME
  }

  private SpdInverse() {}

  /**
   * Inverts {@code gram + ridge · I}.
   *
   * @param g the graph to add to
   * @param gram float[B,n,n], positive semi-definite
   * @param ridge float[B,1,1], positive
   * @param pivots how the blocks on the diagonal are inverted
   * @return float[B,n,n]
   */
  public static String emit(OnnxGraph g, String gram, String ridge, Pivots pivots) {
    String size = g.size(gram, 1);
    String missing = missing(g, size);
    String zero = g.longs(0);
    String padded = g.op("Pad", gram, g.concat(0, g.longs(0, 0, 0, 0), missing, missing));

    String count = g.op("Squeeze", g.op("Add", size, missing));
    String indices = g.op("Range", g.index(0), count, g.index(1));
    String columns = g.op("Unsqueeze", indices, zero);
    String diagonal = g.op("Equal", g.op("Unsqueeze", indices, g.longs(1)), columns);
    String identity = g.cast(diagonal, FLOAT);
    String matrix = g.op("Add", padded, g.op("Mul", ridge, identity));

    String blocks = g.op("Div", count, g.index(BLOCK));
    GraphProto turn = turn(columns, identity, g.prefix() + "block/", pivots);
    String inverse = g.op("Loop", List.of(attribute("body", turn)), blocks, "", matrix);
    return g.op("Slice", inverse, g.longs(0, 0), g.concat(0, size, size), g.longs(1, 2));
  }

  /** How many rows a size lacks to a multiple of the block: long[1] to long[1]. */
  static String missing(OnnxGraph g, String size) {
    return g.op("Mod", g.op("Neg", size), g.longs(BLOCK));
  }

  private static GraphProto turn(String columns, String identity, String prefix, Pivots pivots) {
    OnnxGraph g = new OnnxGraph("eliminate_block", prefix);
    String index = g.input(prefix + "index", INT64);
    String condition = g.input(prefix + "condition", BOOL);
    // Equal symbols must mean equal sizes: what is inverted elsewhere has others.
    String symbols = pivots == Pivots.RUNTIME ? prefix : "";
    Object[] shape = {symbols + "B", symbols + "n", symbols + "n"};
    String matrix = g.input(prefix + "matrix", FLOAT, shape);

    String from = g.op("Mul", g.op("Unsqueeze", index, g.longs(0)), g.longs(BLOCK));
    String to = g.op("Add", from, g.longs(BLOCK));
    String inside = g.op("And", g.op("GreaterOrEqual", columns, from), g.op("Less", columns, to));
    String replaced = g.op("Where", inside, identity, matrix);
    String panel = g.slice(matrix, from, to, 2);
    String pivot = g.slice(panel, from, to, 1);
    String inverse = pivots == Pivots.RUNTIME ? g.inverse(pivot) : invertPivot(g, pivot);
    String row = g.op("MatMul", inverse, g.slice(replaced, from, to, 1));
    String column = g.op("Sub", panel, g.slice(identity, from, to, 1));
    String next = g.op("Sub", replaced, g.op("MatMul", column, row));

    g.output(g.op("Identity", condition), BOOL);
    g.output(next, FLOAT, shape);
    return g.build();
  }

  /** Scalar steps on [A | I]; the right half ends as the inverse. */
  private static String invertPivot(OnnxGraph g, String pivot) {
    String identity = g.floats(identity(), BLOCK, BLOCK);
    String both = g.concat(2, pivot, g.op("Expand", identity, g.op("Shape", pivot)));
    String rows = g.longs(1);
    String columns = g.longs(2);
    String from = g.longs(0);
    for (int k = 0; k < BLOCK; k++) {
      String to = g.longs(k + 1);
      String row = g.op("Slice", both, from, to, rows);
      String column = g.op("Slice", both, from, to, columns);
      String scaled = g.op("Div", row, g.op("Slice", row, from, to, columns));
      String others = g.op("Sub", column, g.op("Slice", identity, from, to, rows));
      both = g.op("Sub", both, g.op("Mul", others, scaled));
      from = to;
    }
    return g.op("Slice", both, from, g.longs(2 * BLOCK), columns);
  }

  private static float[] identity() {
    float[] values = new float[BLOCK * BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      values[i * (BLOCK + 1)] = 1f;
    }
    return values;
  }
}
