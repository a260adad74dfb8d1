package dev.hyperflow.models.internal.onnx;

import static dev.hyperflow.models.internal.onnx.TensorContract.ANY;
import static dev.hyperflow.models.internal.onnx.TensorContract.floats;
import static dev.hyperflow.models.internal.onnx.TensorContract.longs;

import dev.hyperflow.models.internal.Manifest.EncoderReference;
import java.util.HashMap;
import java.util.Map;

/** Names and shapes of an encoder's tensors: those of an exported BERT. */
final class EncoderContract {

  static final String INPUT_IDS = "input_ids";
  static final String ATTENTION_MASK = "attention_mask";
  static final String TOKEN_TYPE_IDS = "token_type_ids";
  static final String LAST_HIDDEN_STATE = "last_hidden_state";

  private EncoderContract() {}

  static void check(EncoderReference reference, ModelSession session) {
    TensorContract tokens = longs(ANY, ANY);
    Map<String, TensorContract> outputs = new HashMap<>();
    outputs.put(LAST_HIDDEN_STATE, floats(ANY, ANY, reference.outerWidth()));
    if (reference.inner() != null) {
      outputs.put(reference.inner().value(), floats(ANY, ANY, reference.inner().width()));
    }
    TensorContract.check(
        reference.model(),
        session,
        Map.of(INPUT_IDS, tokens, ATTENTION_MASK, tokens, TOKEN_TYPE_IDS, tokens),
        outputs);
  }
}
