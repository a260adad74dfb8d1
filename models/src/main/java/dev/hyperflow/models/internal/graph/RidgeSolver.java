package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;
import java.util.function.Function;

/** Emits the expensive part of a preconditioned flow, by the smaller of two inverses. */
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
            attribute("then_branch", branch(true, design, curvature, ridge)),
            attribute("else_branch", branch(false, design, curvature, ridge)));
    return g.op("If", branches, g.op("Squeeze", dual));
  }

  private static GraphProto branch(
      boolean dual, String design, Function<OnnxGraph, String> curvature, String ridge) {
    String name = dual ? "dual" : "primal";
    OnnxGraph g = new OnnxGraph(name, name + "/");
    String turned = g.transpose(design);
    String gram = dual ? g.op("MatMul", design, turned) : g.op("MatMul", turned, design);
    String curved = g.op("Mul", gram, curvature.apply(g));
    String inverse = SpdInverse.emit(g, curved, ridge);
    String solved = dual ? g.op("MatMul", inverse, design) : g.op("MatMul", design, inverse);
    g.output(solved, FLOAT, "B", "P", "D");
    return g.build();
  }
}
