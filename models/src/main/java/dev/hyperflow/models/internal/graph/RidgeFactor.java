package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code S = (c U Uᵀ + λI)⁻¹ U}, which equals {@code U (c UᵀU + λI)⁻¹}, kept as the smaller of the
 * two inverses: the first while M is at most D, the second beyond. A few rows times S cost less
 * than S itself.
 */
public final class RidgeFactor {

  private final OnnxGraph g;
  private final String design;
  private final String isDual;
  private final String inverse;
  private int uses;

  /**
   * Emits the inverse.
   *
   * @param g the graph to add to
   * @param design U, float[B,M,D] with M padded to a multiple of 32 by rows of zeros
   * @param curvature c, positive, float[B,1,1]
   * @param ridge λ, positive, float[B,1,1]
   */
  public RidgeFactor(OnnxGraph g, String design, String curvature, String ridge) {
    this.g = g;
    this.design = design;
    this.isDual = g.op("Squeeze", g.op("LessOrEqual", g.size(design, 1), g.size(design, 2)));
    this.inverse =
        either(
            (in, dual) -> {
              String turned = in.transpose(design);
              String gram =
                  dual ? in.op("MatMul", design, turned) : in.op("MatMul", turned, design);
              return SpdInverse.emit(in, in.op("Mul", gram, curvature), ridge);
            });
  }

  /**
   * Rows times S.
   *
   * @param left float[B,k,M]
   * @return float[B,k,D]
   */
  public String times(String left) {
    return either(
        (in, dual) ->
            dual
                ? in.op("MatMul", in.op("MatMul", left, inverse), design)
                : in.op("MatMul", in.op("MatMul", left, design), inverse));
  }

  private String either(BiFunction<OnnxGraph, Boolean, String> value) {
    uses++;
    List<AttributeProto> branches =
        List.of(
            attribute("then_branch", branch("dual", true, value)),
            attribute("else_branch", branch("primal", false, value)));
    return g.op("If", branches, isDual);
  }

  private GraphProto branch(
      String name, boolean dual, BiFunction<OnnxGraph, Boolean, String> value) {
    OnnxGraph in = new OnnxGraph(name, "%s/%s%d/".formatted(isDual, name, uses));
    // Equal symbols must mean equal sizes, so each use has its own.
    String symbols = isDual + "/" + uses;
    in.output(value.apply(in, dual), FLOAT, "B", symbols + "rows", symbols + "columns");
    return in.build();
  }
}
