package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.hyperflow.models.ModelException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs an encoder's model over texts, one at a time, and shows what becomes of them inside. */
final class Observation {

  private final TextTokenizer tokenizer;
  private final ModelSession model;

  Observation(TextTokenizer tokenizer, ModelSession model) {
    this.tokenizer = tokenizer;
    this.model = model;
  }

  /**
   * Shows the values of texts.
   *
   * @param values names of outputs of the model, float[1, tokens, columns]
   */
  void show(List<String> texts, List<String> values, OnnxRuntime.Observer observer) {
    for (String text : texts) {
      long[] ids = tokenizer.tokenIds(text);
      long[] mask = new long[ids.length];
      Arrays.fill(mask, 1L);
      try (OnnxTensor idTensor = tensor(ids);
          OnnxTensor maskTensor = tensor(mask);
          OnnxTensor typeTensor = tensor(new long[ids.length])) {
        model.run(
            Map.of(
                EncoderContract.INPUT_IDS, idTensor,
                EncoderContract.ATTENTION_MASK, maskTensor,
                EncoderContract.TOKEN_TYPE_IDS, typeTensor),
            outputs -> {
              List<FloatBuffer> shown = new ArrayList<>();
              for (String value : values) {
                shown.add(((OnnxTensor) outputs.get(value).orElseThrow()).getFloatBuffer());
              }
              observer.accept(ids.length, shown);
              return null;
            });
      } catch (OrtException e) {
        throw new ModelException("encoder input: " + Messages.oneLine(e), e);
      }
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        model.environment(), LongBuffer.wrap(values), new long[] {1, values.length});
  }
}
