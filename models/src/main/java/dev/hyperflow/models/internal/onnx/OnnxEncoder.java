package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TextTokens;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A BERT-style sentence encoder: token ids in, token vectors out, pooled here. */
final class OnnxEncoder implements Encoder {

  /*
   * A text is padded to a length that depends on its own token count alone, and shares a run only
   * with texts of the same padded length. Padding to the longest neighbour would change the last
   * bits of a vector, as the attention's sums run over the padded length.
   */
  private static final int LENGTH_STEP = 8;

  private final String id;
  private final EncoderReference reference;
  private final TextTokenizer tokenizer;
  private final ModelSession model;
  private final RunLimits limits;
  private final List<Pooling> blocks;
  private final boolean tokenTypes;
  private final int beforeText;

  /**
   * Owns the tokenizer and the model.
   *
   * @param limits of a run on the model's device
   * @param blocks what a vector consists of, in this order
   */
  OnnxEncoder(
      String id,
      EncoderReference reference,
      TextTokenizer tokenizer,
      ModelSession model,
      RunLimits limits,
      List<Pooling> blocks) {
    this.id = id;
    this.reference = reference;
    this.tokenizer = tokenizer;
    this.model = model;
    this.limits = limits;
    this.blocks = List.copyOf(blocks);
    TextPrefixes prefixes = reference.textPrefixes();
    this.beforeText =
        Math.max(tokenizer.length(prefixes.query()), tokenizer.length(prefixes.example()));
    this.tokenTypes = EncoderContract.hasTokenTypes(model);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return reference.dimension();
  }

  @Override
  public int innerWidth() {
    return reference.innerWidth();
  }

  @Override
  public TextPrefixes prefixes() {
    return reference.textPrefixes();
  }

  @Override
  public Optional<List<TextTokens>> tokens(List<String> texts) {
    return Optional.of(texts.stream().map(text -> tokenizer.tokens(text, beforeText)).toList());
  }

  @Override
  public float[][] encode(List<String> texts) {
    long[][] tokens = new long[texts.size()][];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = tokenizer.tokenIds(texts.get(i));
    }
    int[] order =
        IntStream.range(0, tokens.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> paddedLength(tokens[i].length)))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] vectors = new float[tokens.length][];
    for (int start = 0; start < order.length; ) {
      int length = paddedLength(tokens[order[start]].length);
      int batchSize = limits.textsOf(length);
      int end = start + 1;
      while (end < order.length
          && end - start < batchSize
          && paddedLength(tokens[order[end]].length) == length) {
        end++;
      }
      encodeBatch(tokens, Arrays.copyOfRange(order, start, end), length, vectors);
      start = end;
    }
    return vectors;
  }

  /** The length a text is padded to, a function of its own token count alone. */
  private static int paddedLength(int tokens) {
    return (tokens + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP;
  }

  private void encodeBatch(long[][] tokens, int[] batch, int length, float[][] vectors) {
    long[] ids = new long[batch.length * length]; // any id will do behind the mask
    long[] mask = new long[ids.length];
    for (int row = 0; row < batch.length; row++) {
      long[] own = tokens[batch[row]];
      System.arraycopy(own, 0, ids, row * length, own.length);
      Arrays.fill(mask, row * length, row * length + own.length, 1L);
    }
    long[] shape = {batch.length, length};
    try (OnnxTensor idTensor = tensor(ids, shape);
        OnnxTensor maskTensor = tensor(mask, shape);
        OnnxTensor typeTensor = tensor(new long[ids.length], shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put(EncoderContract.INPUT_IDS, idTensor);
      inputs.put(EncoderContract.ATTENTION_MASK, maskTensor);
      if (tokenTypes) {
        inputs.put(EncoderContract.TOKEN_TYPE_IDS, typeTensor);
      }
      List<FloatBuffer> states = model.run(inputs, this::hiddenStates);
      for (int row = 0; row < batch.length; row++) {
        vectors[batch[row]] = vector(states, row * length, tokens[batch[row]].length);
      }
    } catch (OrtException e) {
      throw new ModelException("encoder input: " + Messages.oneLine(e), e);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(model.environment(), LongBuffer.wrap(values), shape);
  }

  private List<FloatBuffer> hiddenStates(OrtSession.Result outputs) {
    return blocks.stream()
        .map(block -> ((OnnxTensor) outputs.get(block.output()).orElseThrow()).getFloatBuffer())
        .toList();
  }

  private float[] vector(List<FloatBuffer> states, int first, int count) {
    float[] vector = new float[dimension()];
    int at = 0;
    for (int i = 0; i < states.size(); i++) {
      blocks.get(i).pool(states.get(i), first, count, vector, at);
      at += blocks.get(i).dimension();
    }
    return vector;
  }

  @Override
  public void close() {
    try {
      model.close();
    } finally {
      tokenizer.close();
    }
  }
}
