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

  private EncoderContract() {}

  /** Whether the model asks for token types; many do without. */
  static boolean hasTokenTypes(ModelSession session) {
    return session.session().getInputNames().contains(TOKEN_TYPE_IDS);
  }

  static void check(EncoderReference reference, ModelSession session) {
    TensorContract tokens = longs(ANY, ANY);
    Map<String, TensorContract> inputs =
        new HashMap<>(Map.of(INPUT_IDS, tokens, ATTENTION_MASK, tokens));
    if (hasTokenTypes(session)) {
      inputs.put(TOKEN_TYPE_IDS, tokens);
    }
    Map<String, TensorContract> outputs = new HashMap<>();
    outputs.put(reference.outputName(), floats(ANY, ANY, reference.outerWidth()));
    if (reference.inner() != null) {
      outputs.put(reference.inner().value(), floats(ANY, ANY, reference.inner().width()));
    }
    TensorContract.check(reference.model(), session, inputs, outputs);
  }
}
