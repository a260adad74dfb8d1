package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.List;
import java.util.Random;

/**
 * A block of a transformer without attention: normalise, widen, tanh, narrow, add, normalise. The
 * first normalisation is written in its parts, as old exporters do, the second as one operator.
 */
final class TinyTransformer {

  static final int WIDTH = 16;
  static final int INNER = 24;
  static final String INPUT = "x";
  static final String OUTPUT = "y";
  static final String FIRST_NORM = "first/LayerNorm/Add_1";

  private final OnnxGraph g = new OnnxGraph("tiny", "");
  private final Random random;

  private TinyTransformer(long seed) {
    this.random = new Random(seed);
  }

  /** The ONNX bytes. */
  static byte[] model(long seed) {
    TinyTransformer tiny = new TinyTransformer(seed);
    OnnxGraph g = tiny.g;
    g.input(INPUT, FLOAT, "B", "L", WIDTH);
    String normal = tiny.normInParts(INPUT);
    String wide = g.op("MatMul", normal, tiny.numbers(0.3f, WIDTH, INNER));
    String bent = g.op("Tanh", g.op("Add", tiny.numbers(1, INNER), wide));
    String narrow = g.op("MatMul", bent, tiny.numbers(0.3f, INNER, WIDTH));
    g.add(
        NodeProto.newBuilder()
            .setOpType("LayerNormalization")
            .setName("second/LayerNorm")
            .addInput(g.op("Add", narrow, normal))
            .addInput(tiny.numbers(1, WIDTH))
            .addInput(tiny.numbers(1, WIDTH))
            .addOutput(OUTPUT)
            .addAttribute(OnnxGraph.attribute("axis", -1))
            .build());
    g.output(OUTPUT, FLOAT, "B", "L", WIDTH);
    return model(g.build());
  }

  /** A model that multiplies by no constant. */
  static byte[] withoutProducts() {
    OnnxGraph g = new OnnxGraph("none", "");
    g.input(INPUT, FLOAT, "B", "L", WIDTH);
    g.named(OUTPUT, g.op("Tanh", INPUT));
    g.output(OUTPUT, FLOAT, "B", "L", WIDTH);
    return model(g.build());
  }

  private static byte[] model(GraphProto graph) {
    return OnnxGraph.model(graph, List.of(OperatorSetIdProto.newBuilder().setVersion(17).build()))
        .toByteArray();
  }

  private String normInParts(String value) {
    AttributeProto lastAxis = OnnxGraph.attribute("axes", List.of(-1L));
    String mean = g.op("ReduceMean", List.of(lastAxis), value);
    String centred = g.op("Sub", value, mean);
    String squares = g.op("Pow", centred, g.scalar(2));
    String variance = g.op("ReduceMean", List.of(lastAxis), squares);
    String root = g.op("Sqrt", g.op("Add", variance, g.scalar(1e-6f)));
    String scaled = g.op("Mul", g.op("Div", centred, root), numbers(1, WIDTH));
    g.add(
        NodeProto.newBuilder()
            .setOpType("Add")
            .setName(FIRST_NORM)
            .addInput(scaled)
            .addInput(numbers(1, WIDTH))
            .addOutput(FIRST_NORM)
            .build());
    return FIRST_NORM;
  }

  private String numbers(float scale, long... dimensions) {
    int count = 1;
    for (long dimension : dimensions) {
      count *= (int) dimension;
    }
    return g.floats(gaussian(random, count, scale), dimensions);
  }

  static float[] gaussian(Random random, int count, float scale) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = scale * (float) random.nextGaussian();
    }
    return numbers;
  }
}
