package dev.hyperflow.benchmarks.scenario;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** The product of two square matrices by ONNX Runtime on one thread: what a core can do at most. */
final class MatrixProduct {
  /** Both matrices and their product fit into a core's cache. */
  private static final int SIDE = 384;

  private static final int RUNS = 50;
  private static final double NANOS = 1e9;
  private static final String MATRIX = "matrix";
  private static final String PRODUCT = "product";

  private MatrixProduct() {}

  /** Floating-point operations a second of the fastest of some runs, two a multiply-add. */
  static double operationsPerSecond() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    FloatBuffer values = FloatBuffer.allocate(SIDE * SIDE);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model(), options);
          OnnxTensor matrix =
              OnnxTensor.createTensor(environment, values, new long[] {SIDE, SIDE})) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
          long start = System.nanoTime();
          session.run(Map.of(MATRIX, matrix)).close();
          least = Math.min(least, System.nanoTime() - start);
        }
        return 2.0 * SIDE * SIDE * SIDE * NANOS / least;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] model() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName(PRODUCT)
            .addInput(value(MATRIX))
            .addOutput(value(PRODUCT))
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("MatMul")
                    .addInput(MATRIX)
                    .addInput(MATRIX)
                    .addOutput(PRODUCT));
    return ModelProto.newBuilder()
        .setIrVersion(10)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(21))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name) {
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
