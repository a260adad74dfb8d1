package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which languages the encoder reads, as far as its tokenizer tells. */
final class LanguagesCheck extends BundleCheck<Encoder> {

  private static final double HALF = 0.5;

  LanguagesCheck() {
    super("languages", "a figure: which sentences it has tokens for");
  }

  @Override
  Result run(Encoder encoder) {
    List<String> words = new ArrayList<>();
    List<String> partly = new ArrayList<>();
    List<String> nothing = new ArrayList<>();
    for (Map.Entry<String, String> sample : SampleTexts.LANGUAGES.entrySet()) {
      TextTokens tokens = encoder.tokens(List.of(sample.getValue())).orElseThrow().get(0);
      List<String> group =
          tokens.known() == 0
              ? nothing
              : tokens.unknown() > HALF * (tokens.known() + tokens.unknown()) ? partly : words;
      group.add(sample.getKey());
    }
    return Result.note(
        "words: %s; mostly unknown: %s; refused (NO_KNOWN_WORDS): %s",
        names(words), names(partly), names(nothing));
  }

  private static String names(List<String> languages) {
    return languages.isEmpty() ? "none" : String.join(", ", languages);
  }
}
