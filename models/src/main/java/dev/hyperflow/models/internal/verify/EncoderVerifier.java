package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Examines the encoder of a bundle on the processor. For one thread. */
public final class EncoderVerifier {

  /** Number of texts that are encoded; words are counted of all. */
  private static final int MAX_SAMPLES = 64;

  private EncoderVerifier() {}

  /**
   * Runs all checks.
   *
   * @param location as for {@link Bundle#load}
   * @param expected vectors that somebody else computed, if there are any
   * @param texts texts as tenants write them; empty for sentences of many languages
   * @param nanoClock nanoseconds from any fixed moment, to measure speed with
   * @param progress is told each finding at once
   * @throws dev.hyperflow.models.BundleException if the bundle does not open, for example because
   *     the model has another width than the manifest says, or it has no encoder
   */
  public static Report verify(
      String location,
      Optional<ExpectedVectors> expected,
      List<String> texts,
      LongSupplier nanoClock,
      Consumer<Finding> progress) {
    List<String> samples =
        texts.isEmpty() ? SampleTexts.all() : texts.subList(0, Math.min(MAX_SAMPLES, texts.size()));
    List<BundleCheck<Encoder>> checks = new ArrayList<>();
    expected.ifPresent(vectors -> checks.add(new ParityCheck(vectors)));
    checks.add(new AloneCheck(samples));
    checks.add(new LengthCheck(samples));
    checks.add(texts.isEmpty() ? new LanguagesCheck() : new WordsCheck(texts));
    checks.add(new EncodingSpeedCheck(samples, nanoClock));
    try (Bundle bundle = Bundle.load(location, BundleOptions.defaults())) {
      List<Finding> findings = new ArrayList<>();
      for (BundleCheck<Encoder> check : checks) {
        Finding finding = check.finding(bundle.encoder().orElseThrow());
        findings.add(finding);
        progress.accept(finding);
      }
      return new Report(location, bundle.id(), findings);
    }
  }
}
