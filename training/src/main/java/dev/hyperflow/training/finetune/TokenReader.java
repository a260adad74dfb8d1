package dev.hyperflow.training.finetune;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.training.tensor.PyTorch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Cuts texts into token ids as the encoder's own tokenizer does. */
final class TokenReader implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;

  private TokenReader(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Opens the tokenizer of an encoder.
   *
   * @param maxTokens every text is cut to so many, special ones included
   * @throws BundleException if it is not on the class path or cannot be read
   */
  static TokenReader open(EncoderReference encoder, int maxTokens) {
    PyTorch.configure();
    String limit = Integer.toString(maxTokens);
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "false",
            "maxLength", limit,
            "modelMaxLength", limit);
    try (InputStream in = MiniLmWeights.open(encoder.tokenizer())) {
      return new TokenReader(HuggingFaceTokenizer.newInstance(in, options));
    } catch (IOException e) {
      throw new BundleException(
          encoder.tokenizer() + ": expected a tokenizer.json, found: " + e.getMessage(), e);
    }
  }

  /** Token ids of texts, special tokens included. */
  List<long[]> read(List<String> texts) {
    return texts.stream()
        // Half a surrogate pair is no character, and the native side refuses it.
        .map(text -> text.replaceAll("\\p{Cs}", "\uFFFD"))
        .map(text -> tokenizer.encode(text).getIds())
        .toList();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
