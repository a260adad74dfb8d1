package dev.hyperflow.engine.internal.remember;

import java.util.Optional;

/** Whether the texts of examples and remembered queries are kept beside their features. */
public enum TextPolicy {
  /** They are, so that another encoder can encode them. */
  KEEP,
  /** They are not. */
  NONE;

  /**
   * Maximum number of characters that are kept of a text. The limit on texts is smaller unless
   * raised. An encoder reads the beginning of a text, about four characters a token, so that what
   * is kept gives the same features.
   */
  public static final int MAX_CHARACTERS = 32_768;

  /** What is kept of a text. */
  public Optional<String> kept(Optional<String> text) {
    return this == NONE ? Optional.empty() : text.map(TextPolicy::beginning);
  }

  private static String beginning(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    boolean isWhole = !Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
    return text.substring(0, isWhole ? MAX_CHARACTERS : MAX_CHARACTERS - 1);
  }
}
