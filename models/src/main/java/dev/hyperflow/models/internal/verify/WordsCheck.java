package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextTokens;
import java.util.List;

/** How much the encoder knows of somebody's texts. */
final class WordsCheck extends BundleCheck<Encoder> {

  private final List<String> texts;

  WordsCheck(List<String> texts) {
    super("words", "a figure: what it knows of the texts");
    this.texts = texts;
  }

  @Override
  Result run(Encoder encoder) {
    List<TextTokens> tokens = encoder.tokens(texts).orElseThrow();
    long known = tokens.stream().mapToLong(TextTokens::known).sum();
    long unknown = tokens.stream().mapToLong(TextTokens::unknown).sum();
    return Result.note(
        "%.1f %% unknown tokens; of %d texts, %d without a known word are refused"
            + " (NO_KNOWN_WORDS), %d are cut",
        100.0 * unknown / Math.max(1, known + unknown),
        texts.size(),
        tokens.stream().filter(found -> found.known() == 0).count(),
        tokens.stream().filter(TextTokens::cut).count());
  }
}
