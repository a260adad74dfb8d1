package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.make.EncoderAgreement;
import dev.hyperflow.models.internal.make.EncoderQuantiser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What shorter numbers gain on the device, and what they cost. */
final class Precision implements Part {
  private static final int LABELS = SampleTexts.matters();
  private static final int SHOTS = 5;
  private static final int QUERIES = 256;
  private static final int BATCH = 64;
  private static final List<String> HEADER =
      List.of(
          "",
          "texts a second",
          "times",
          "largest difference of a vector",
          "mean cosine",
          "other answers");

  private final Subject subject;
  private final Path folder;
  private final List<String> texts = SampleTexts.of(LABELS * SHOTS + QUERIES);
  private final List<List<String>> rows = new ArrayList<>();
  private OptionalDouble floats = OptionalDouble.empty();

  /**
   * The part.
   *
   * @param folder where a bundle may be written
   */
  Precision(Subject subject, Path folder) {
    this.subject = subject;
    this.folder = folder;
  }

  private static final class Results {
    private final float[][] vectors;
    private final int[] answers;

    Results(float[][] vectors, int[] answers) {
      this.vectors = vectors;
      this.answers = answers;
    }
  }

  @Override
  public Section measure(Budget budget) {
    Results expected = results(subject.processor());
    add("fp32", subject.device(), expected, budget.share(3));
    if (subject.choice() == DeviceChoice.CUDA) {
      try (Bundle rounding = subject.with(CudaOptions.defaults().withTf32(true))) {
        add("TF32", rounding, expected, budget.share(2));
      }
    } else {
      rows.add(List.of("TF32", "cuda alone has it", "", "", "", ""));
    }
    if (subject.device().manifest().encoder().quantisation() == null) {
      try (Bundle halves = halves()) {
        add("fp16 encoder", halves, expected, budget);
      }
    } else {
      rows.add(List.of("fp16 encoder", "the bundle's is no encoder of floats", "", "", "", ""));
    }
    return new Section(
        "Precision, compared with fp32 on the processor",
        HEADER,
        rows,
        List.of(
            "%d texts a call; %d queries to a head of %d labels with %d texts each"
                .formatted(BATCH, QUERIES, LABELS, SHOTS)));
  }

  private Bundle halves() {
    try {
      EncoderQuantiser.fp16(subject.location(), null, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return subject.another(folder.toString());
  }

  private void add(String name, Bundle bundle, Results expected, Budget budget) {
    Results found = results(bundle);
    List<String> batch = texts.subList(0, BATCH);
    OptionalDouble rate =
        new Pace().measure(BATCH, () -> Subject.encoder(bundle).encode(batch), budget);
    floats = floats.isPresent() ? floats : rate;
    float largest = 0;
    double cosines = 0;
    for (int i = 0; i < texts.size(); i++) {
      float[] vector = found.vectors[i];
      for (int d = 0; d < vector.length; d++) {
        largest = Math.max(largest, Math.abs(vector[d] - expected.vectors[i][d]));
      }
      cosines += EncoderAgreement.cosine(vector, expected.vectors[i]);
    }
    int other = 0;
    for (int i = 0; i < QUERIES; i++) {
      other += found.answers[i] == expected.answers[i] ? 0 : 1;
    }
    rows.add(
        List.of(
            name,
            Pace.cell(rate),
            Pace.ratio(floats, rate),
            String.format(Locale.ROOT, "%.2e", largest),
            String.format(Locale.ROOT, "%.7f", cosines / texts.size()),
            String.format(Locale.ROOT, "%.1f %%", 100.0 * other / QUERIES)));
  }

  /** Vectors of all texts, and what a head of the first ones answers to the others. */
  private Results results(Bundle bundle) {
    float[][] vectors = Subject.encoder(bundle).encode(texts);
    SupportSet.Builder examples = SupportSet.builder(vectors[0].length, LABELS);
    for (int i = 0; i < LABELS * SHOTS; i++) {
      examples.add(i % LABELS, 1f, vectors[i]);
    }
    Head head = bundle.integrator().integrate(List.of(examples.build())).get(0).adapted();
    int[] answers =
        Arrays.stream(vectors).skip((long) LABELS * SHOTS).mapToInt(head::argmax).toArray();
    return new Results(vectors, answers);
  }
}
