package dev.hyperflow.models.internal.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.TextTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Cuts texts into token ids with a Hugging Face {@code tokenizer.json}. Safe for use by many
 * threads; never touches the network.
 */
final class TextTokenizer implements AutoCloseable {

  /*
   * The native library comes out of the jar, for the processor: with any other flavour DJL would
   * try to download one. DJL's telemetry asks the cloud's metadata address first, which can cost
   * seconds where packets to it are dropped. Both switches are system properties; a value somebody
   * set on purpose stays.
   *
   * The file's own padding and truncation (fixed 128 for all-MiniLM-L6-v2) are overridden: padding
   * is the encoder's business, the limit the bundle's.
   */
  private static final Map<String, String> SYSTEM_PROPERTIES =
      Map.of("OPT_OUT_TRACKING", "true", "RUST_FLAVOR", "cpu");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HuggingFaceTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final int maxTokens;
  private final Lifecycle lifecycle = new Lifecycle("tokenizer");

  private TextTokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary, int maxTokens) {
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.maxTokens = maxTokens;
  }

  /** Reads a {@code tokenizer.json}; every text is cut to {@code maxTokens}, special ones too. */
  static TextTokenizer open(String name, byte[] json, int maxTokens) {
    SYSTEM_PROPERTIES.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
    Map<String, String> options =
        Map.of(
            "addSpecialTokens",
            "true",
            "truncation",
            "true",
            "padding",
            "false",
            "maxLength",
            Integer.toString(maxTokens),
            "modelMaxLength",
            Integer.toString(maxTokens));
    try {
      return new TextTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options),
          Vocabulary.of(JSON.readTree(json)),
          maxTokens);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new BundleException(
          "%s: expected a tokenizer.json of Hugging Face tokenizers, found: %s"
              .formatted(name, Messages.oneLine(e)),
          e);
    }
  }

  /**
   * The tokens of a text without the special ones, as far as the limit lets it be read.
   *
   * @param before number of tokens that a prefix takes of the limit
   */
  TextTokens tokens(String text, int before) {
    Encoding encoding = encoding(text);
    long[] ids = encoding.getIds();
    long[] special = encoding.getSpecialTokenMask();
    boolean hasWords = text.codePoints().anyMatch(Character::isLetter);
    int known = 0;
    int unknown = 0;
    for (int i = 0; i < ids.length; i++) {
      if (vocabulary.isUnknown(ids[i])) {
        unknown++;
      } else if (special[i] == 0) {
        known += (hasWords ? vocabulary.hasLetters(ids[i]) : !vocabulary.isBlank(ids[i])) ? 1 : 0;
      }
    }
    return new TextTokens(
        known, unknown, encoding.exceedMaxLength() || ids.length + before > maxTokens);
  }

  /** Number of tokens that a prefix takes of the limit. */
  int length(String prefix) {
    return tokenIds(prefix).length - tokenIds("").length;
  }

  /** The ids of a text, special tokens included; at least one, at most the limit. */
  long[] tokenIds(String text) {
    return encoding(text).getIds();
  }

  private Encoding encoding(String text) {
    String clean = withoutLoneSurrogates(text);
    lifecycle.enter();
    try {
      return tokenizer.encode(clean);
    } finally {
      lifecycle.exit();
    }
  }

  /** Half a surrogate pair is no character; the native side would reject the whole text. */
  private static String withoutLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  @Override
  public void close() {
    lifecycle.close(tokenizer::close);
  }
}
