package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.Map;

/**
 * What a drift network must look like from outside, wherever it was trained.
 *
 * <table>
 *   <caption>Inputs and output, all float</caption>
 *   <tr><td>{@code head}</td><td>[B,N,D+1]</td><td>weights, bias last</td></tr>
 *   <tr><td>{@code t}</td><td>[B]</td><td>flow time</td></tr>
 *   <tr><td>{@code support}</td><td>[B,M,D]</td><td>features</td></tr>
 *   <tr><td>{@code membership}</td><td>[B,M,N]</td><td>one-hot label times example weight; a zero
 *       row is padding</td></tr>
 *   <tr><td>{@code label_mask}</td><td>[B,N]</td><td>1 for a label, 0 for padding</td></tr>
 *   <tr><td>{@code drift}</td><td>[B,N,D+1]</td><td>d(head)/dt</td></tr>
 * </table>
 */
public final class DriftContract {

  /** Input: the head, float[B,N,D+1], bias last. */
  public static final String HEAD = "head";

  /** Input: flow time, float[B]. */
  public static final String TIME = "t";

  /** Input: features of the support set, float[B,M,D]. */
  public static final String SUPPORT = "support";

  /** Input: one-hot labels times example weights, float[B,M,N]; zero rows are padding. */
  public static final String MEMBERSHIP = "membership";

  /** Input: 1 for a label, 0 for padding, float[B,N]. */
  public static final String LABEL_MASK = "label_mask";

  /** Output: the drift, d(head)/dt, float[B,N,D+1]. */
  public static final String DRIFT = "drift";

  /** Oldest version of the default operator set that is taken. */
  public static final int MIN_OPSET = 18;

  /** Newest version of the default operator set that is taken. */
  public static final int MAX_OPSET = OnnxGraph.OPSET;

  private static final ModelContract CONTRACT =
      new ModelContract(
          "drift.onnx",
          Map.of(HEAD, 3, TIME, 1, SUPPORT, 3, MEMBERSHIP, 3, LABEL_MASK, 2),
          Map.of(DRIFT, 3));

  private DriftContract() {}

  /**
   * Reads and checks a drift network. Checked are names, element types, ranks, versions and that
   * the graph is self-contained and free of random numbers; shapes inside are the runtime's to
   * check.
   *
   * @param driftOnnx the content of {@code drift.onnx}
   * @return the parsed network
   * @throws IllegalArgumentException if it breaks the contract; the message is one line that says
   *     what was expected and what was found
   */
  public static ModelProto check(byte[] driftOnnx) {
    return CONTRACT.check(driftOnnx);
  }

  /** Version of the default operator set a model imports; 0 if it imports none. */
  static long opset(ModelProto model) {
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      if (opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx")) {
        return opset.getVersion();
      }
    }
    return 0;
  }
}
