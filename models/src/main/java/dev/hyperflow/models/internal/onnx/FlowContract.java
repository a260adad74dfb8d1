package dev.hyperflow.models.internal.onnx;

import static dev.hyperflow.models.internal.onnx.TensorContract.ANY;
import static dev.hyperflow.models.internal.onnx.TensorContract.floats;

import dev.hyperflow.models.internal.Manifest;
import java.util.HashMap;
import java.util.Map;

/**
 * Names and shapes of the tensors of {@code drift.onnx} and {@code integrate.onnx}.
 *
 * <pre>
 * B batch   N labels   M examples   D features   S steps
 *
 * support      [B,M,D]    features; zero rows are padding
 * membership   [B,M,N]    one-hot × weight; zero rows are padding
 * label_mask   [B,N]      1 for a label, 0 for padding
 * inner        [1]        number of last columns that are a second block; only where blocks are
 *                         mixed
 * head         [B,N,D+1]  weights, bias last
 * t            [B]        flow time
 * drift        [B,N,D+1]  d(head)/dt
 * initial_head [B,N,D+1]  start of the trajectory
 * trace        [B,S+1,2]  drift norm and support loss at every point, see Trace
 * </pre>
 */
final class FlowContract {

  static final String SUPPORT = "support";
  static final String INNER = "inner";
  static final String MEMBERSHIP = "membership";
  static final String LABEL_MASK = "label_mask";
  static final String HEAD = "head";
  static final String TIME = "t";
  static final String DRIFT = "drift";
  static final String INITIAL_HEAD = "initial_head";
  static final String TRACE = "trace";
  static final int TRACE_COLUMNS = 2;

  private FlowContract() {}

  /** Checks {@code drift.onnx}; a dimension of {@link TensorContract#ANY} takes any. */
  static void checkDrift(String model, ModelSession session, long dimension) {
    TensorContract head = floats(ANY, ANY, row(dimension));
    TensorContract.check(
        model,
        session,
        Map.of(
            HEAD, head,
            TIME, floats(ANY),
            SUPPORT, floats(ANY, ANY, dimension),
            MEMBERSHIP, floats(ANY, ANY, ANY),
            LABEL_MASK, floats(ANY, ANY)),
        Map.of(DRIFT, head));
  }

  /** Checks {@code integrate.onnx}; a dimension of {@link TensorContract#ANY} takes any. */
  static void checkIntegrate(Manifest manifest, ModelSession session, long dimension) {
    int steps = manifest.steps();
    TensorContract head = floats(ANY, ANY, row(dimension));
    Map<String, TensorContract> inputs = new HashMap<>();
    inputs.put(SUPPORT, floats(ANY, ANY, dimension));
    inputs.put(MEMBERSHIP, floats(ANY, ANY, ANY));
    inputs.put(LABEL_MASK, floats(ANY, ANY));
    if (manifest.blocks() != null) {
      inputs.put(INNER, floats(1));
    }
    TensorContract.check(
        Manifest.INTEGRATE,
        session,
        inputs,
        Map.of(HEAD, head, INITIAL_HEAD, head, TRACE, floats(ANY, steps + 1L, TRACE_COLUMNS)));
  }

  private static long row(long dimension) {
    return dimension == ANY ? ANY : dimension + 1;
  }
}
