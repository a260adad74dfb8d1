package dev.hyperflow.models.internal;

import dev.hyperflow.models.ModelException;
import java.util.List;
import java.util.Optional;

/**
 * Turns texts into feature vectors. Safe for use by many threads at once.
 *
 * <p>The vector of a text is a function of that text and of {@link #id()} alone: bit for bit the
 * same whatever other texts share the call, in whatever order, on whatever thread.
 */
public interface Encoder extends AutoCloseable {

  /**
   * Names the feature space: two encoders with equal ids give equal vectors. The id covers the
   * content of the model and of the tokenizer, the pooling, the truncation and the prefixes, for
   * example {@code all-minilm-l6-v2@1f2e3d4c5b6a}.
   */
  String id();

  /** Length of every vector, at least 1. */
  int dimension();

  /**
   * Number of the last columns of a vector that come from an inner layer; 0 if it has one block.
   */
  default int innerWidth() {
    return 0;
  }

  /** What {@link #encode} expects to find before each text; it adds nothing itself. */
  default TextPrefixes prefixes() {
    return TextPrefixes.NONE;
  }

  /**
   * What the encoder makes of texts, in their order, without encoding them; empty when it has no
   * notion of tokens. The texts are counted as they came, without a prefix.
   *
   * @throws IllegalStateException if this encoder is closed
   */
  default Optional<List<TextTokens>> tokens(List<String> texts) {
    return Optional.empty();
  }

  /**
   * Encodes texts, each with its prefix; row {@code i} of the result belongs to text {@code i}.
   *
   * <p>Texts longer than the encoder's token limit are truncated. Any text gives a finite vector,
   * also an empty or blank one, whose blocks have Euclidean length 1 (to float precision) when the
   * encoder normalises; whether such a text makes sense is for the caller to decide.
   *
   * @param texts the texts, none null; may be empty
   * @return a new array of {@code texts.size()} new rows of {@link #dimension()} floats
   * @throws NullPointerException if the list or a text is null
   * @throws ModelException if the model fails at run time
   * @throws IllegalStateException if this encoder is closed
   */
  float[][] encode(List<String> texts);

  /** Frees native memory. Idempotent; waits for calls under way. */
  @Override
  void close();
}
