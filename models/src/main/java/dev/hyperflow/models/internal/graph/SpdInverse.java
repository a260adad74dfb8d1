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
   * Block Gauss–Jordan elimination (Golub & Van Loan, Matrix Computations; a positive definite
   * matrix needs no pivoting). Each turn eliminates the first block of rows and columns and puts it
   * last. With P the inverse of the block on the diagonal,
   *
   *   [ A  R ]      [ S − C P R   −C P ]
   *   [ C  S ]  →   [    P R        P  ]
   *
   * The right side is [S 0; 0 0] less [C; −I] [P R  P], so a turn takes few passes over the matrix.
   * n / 32 turns of a Loop turn the matrix into its inverse, with all rows and columns where they
   * were: n³ multiply-adds, whatever n is at run time. Growing the inverse of a leading square
   * instead takes a third less, and loses all digits at the condition numbers of streams.
   *
   * n is padded to a multiple of the block with rows that are zero but for the ridge on the
   * diagonal. Such rows take part with exact zeros, so the others keep their bits.
   */

  /** Side of a block; n is padded to a multiple of it. */
  static final int BLOCK = 32;

  private SpdInverse() {}

  /**
   * Inverts {@code gram + ridge · I}.
   *
   * @param g the graph to add to
   * @param gram float[B,n,n], positive semi-definite
   * @param ridge float[B,1,1], positive
   * @return float[B,n,n]
   */
  public static String emit(OnnxGraph g, String gram, String ridge) {
    String size = g.size(gram, 1);
    String missing = missing(g, size);
    String padded = g.op("Pad", gram, g.concat(0, g.longs(0, 0, 0, 0), missing, missing));

    String count = g.op("Squeeze", g.op("Add", size, missing));
    String indices = g.op("Range", g.index(0), count, g.index(1));
    String rows = g.op("Unsqueeze", indices, g.longs(1));
    String diagonal = g.op("Equal", rows, g.op("Unsqueeze", indices, g.longs(0)));
    String matrix = g.op("Add", padded, g.op("Mul", ridge, g.cast(diagonal, FLOAT)));

    String turns = g.op("Div", count, g.index(BLOCK));
    String blockShape = g.concat(0, g.size(gram, 0), g.longs(BLOCK, BLOCK));
    String minusIdentity = g.op("Expand", g.floats(minusIdentity(), BLOCK, BLOCK), blockShape);
    GraphProto turn = turn(minusIdentity, g.prefix() + "block/");
    String inverse = g.op("Loop", List.of(attribute("body", turn)), turns, "", matrix);
    return g.op("Slice", inverse, g.longs(0, 0), g.concat(0, size, size), g.longs(1, 2));
  }

  /** How many rows a size lacks to a multiple of the block: long[1] to long[1]. */
  static String missing(OnnxGraph g, String size) {
    return g.op("Mod", g.op("Neg", size), g.longs(BLOCK));
  }

  private static GraphProto turn(String minusIdentity, String prefix) {
    OnnxGraph g = new OnnxGraph("eliminate_block", prefix);
    g.input(prefix + "index", INT64);
    String condition = g.input(prefix + "condition", BOOL);
    // Equal symbols must mean equal sizes: what is inverted elsewhere has others.
    Object[] shape = {prefix + "B", prefix + "n", prefix + "n"};
    String matrix = g.input(prefix + "matrix", FLOAT, shape);

    String start = g.longs(0);
    String block = g.longs(BLOCK);
    String end = g.longs(Long.MAX_VALUE);
    String upper = g.slice(matrix, start, block, 1);
    String left = g.slice(matrix, start, block, 2);
    String pivot = g.inverse(g.slice(upper, start, block, 2));
    String row = g.concat(2, g.op("MatMul", pivot, g.slice(upper, block, end, 2)), pivot);
    String column = g.concat(1, g.slice(left, block, end, 1), minusIdentity);
    String kept = g.op("Pad", matrix, g.longs(0, -BLOCK, -BLOCK, 0, BLOCK, BLOCK));
    String next = g.op("Sub", kept, g.op("MatMul", column, row));

    g.output(g.op("Identity", condition), BOOL);
    g.output(next, FLOAT, shape);
    return g.build();
  }

  private static float[] minusIdentity() {
    float[] values = new float[BLOCK * BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      values[i * (BLOCK + 1)] = -1f;
    }
    return values;
  }
}
