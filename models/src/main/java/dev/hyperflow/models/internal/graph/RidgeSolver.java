package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;
import java.util.function.Function;

/** Emits the dear part of a preconditioned flow, by the smaller of two inverses. */
public final class RidgeSolver {

  private RidgeSolver() {}

  /**
   * Solves {@code (c U Uᵀ + λI)⁻¹ U}, which equals {@code U (c UᵀU + λI)⁻¹}: the first while M is
   * at most D, the second beyond.
   *
   * @param g the graph to add to
   * @param design U, float[B,M,D] with M padded to a multiple of 32 by rows of zeros
   * @param curvature gives c, positive, as a value that is visible in the graph it is handed: a
   *     scalar or float[B,1,1]
   * @param ridge λ, float[B,1,1], positive
   * @return float[B,M,D]
   */
  public static String emit(
      OnnxGraph g, String design, Function<OnnxGraph, String> curvature, String ridge) {
    String dual = g.op("LessOrEqual", g.size(design, 1), g.size(design, 2));
    List<AttributeProto> branches =
        List.of(
            attribute("then_branch", dual(design, curvature, ridge)),
            attribute("else_branch", primal(design, curvature, ridge)));
    return g.op("If", branches, g.op("Squeeze", dual));
  }

  private static GraphProto dual(
      String design, Function<OnnxGraph, String> curvature, String ridge) {
    OnnxGraph branch = new OnnxGraph("dual", "dual/");
    String gram = branch.op("MatMul", design, branch.transpose(design));
    String inverse = inverse(branch, gram, curvature, ridge);
    branch.output(branch.op("MatMul", inverse, design), FLOAT, "B", "P", "D");
    return branch.build();
  }

  private static GraphProto primal(
      String design, Function<OnnxGraph, String> curvature, String ridge) {
    OnnxGraph branch = new OnnxGraph("primal", "primal/");
    String gram = branch.op("MatMul", branch.transpose(design), design);
    String inverse = inverse(branch, gram, curvature, ridge);
    branch.output(branch.op("MatMul", design, inverse), FLOAT, "B", "P", "D");
    return branch.build();
  }

  private static String inverse(
      OnnxGraph branch, String gram, Function<OnnxGraph, String> curvature, String ridge) {
    String curved = branch.op("Mul", gram, curvature.apply(branch));
    return SpdInverse.emit(branch, curved, ridge);
  }
}
