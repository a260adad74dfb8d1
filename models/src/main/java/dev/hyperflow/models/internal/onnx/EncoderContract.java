package dev.hyperflow.models.internal.onnx;

import static dev.hyperflow.models.internal.onnx.TensorContract.ANY;
import static dev.hyperflow.models.internal.onnx.TensorContract.floats;
import static dev.hyperflow.models.internal.onnx.TensorContract.longs;

import java.util.Map;

/** Names and shapes of an encoder's tensors: those of an exported BERT. */
final class EncoderContract {

  static final String INPUT_IDS = "input_ids";
  static final String ATTENTION_MASK = "attention_mask";
  static final String TOKEN_TYPE_IDS = "token_type_ids";
  static final String LAST_HIDDEN_STATE = "last_hidden_state";

  private EncoderContract() {}

  static void check(String model, ModelSession session, int dimension) {
    TensorContract tokens = longs(ANY, ANY);
    TensorContract.check(
        model,
        session,
        Map.of(INPUT_IDS, tokens, ATTENTION_MASK, tokens, TOKEN_TYPE_IDS, tokens),
        Map.of(LAST_HIDDEN_STATE, floats(ANY, ANY, dimension)));
  }
}
