package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.scenario.BenchSettings.ApplicationSettings;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.make.EncoderQuantiser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Encoders without Kafka, in turn on the same texts. They are that of the measured application,
 * what {@code encoder quantise} makes of it, and the same model in Python. For use by one thread.
 */
final class Encoders implements AutoCloseable {
  /** Texts handed to an encoder at once. */
  private static final int LIST = 32;

  /** Texts that the int8 encoder is made with; its speed does not depend on them. */
  private static final int CALIBRATION_TEXTS = 64;

  private record Contender(String letter, TimedEncoder encoder, Runs lists, Runs single) {
    Contender(String letter, String name, TimedEncoder encoder) {
      this(
          letter,
          encoder,
          new Runs("(%s) %s, lists of %d".formatted(letter, name, LIST)),
          new Runs("(%s1) %s, one text a call".formatted(letter, name)));
    }
  }

  private final List<Contender> contenders = new ArrayList<>();

  private Encoders() {}

  /**
   * Opens them, if they are wanted.
   *
   * @param directory an empty directory for their files
   */
  static Encoders open(BenchSettings settings, List<String> texts, Path directory) {
    Encoders encoders = new Encoders();
    if (settings.beside().encoders()) {
      try {
        encoders.add(settings, texts, directory);
      } catch (RuntimeException e) {
        encoders.close();
        throw e;
      }
    }
    return encoders;
  }

  private void add(BenchSettings settings, List<String> texts, Path directory) {
    ApplicationSettings application = settings.application();
    String bundle = application.settings().getOrDefault("bundle", ShippedBundles.DRIFT);
    int threads = application.threads();
    add("d", "encoder alone", new EncoderAlone(bundle, threads, texts));
    if (BundleFiles.read(bundle).manifest().encoder().quantisation() == null) {
      Path int8 = directory.resolve("int8");
      quantise(bundle, int8);
      add("e", "int8 encoder alone", new EncoderAlone(int8.toString(), threads, texts));
    }
    settings
        .beside()
        .python()
        .ifPresent(
            python ->
                add(
                    "f",
                    "ONNX Runtime in Python",
                    new EncoderInPython(python, bundle, threads, texts, directory)));
  }

  private void add(String letter, String name, TimedEncoder encoder) {
    contenders.add(new Contender(letter, name, encoder));
  }

  private static void quantise(String bundle, Path directory) {
    try {
      EncoderQuantiser.int8(
          bundle, null, SampleTexts.of(CALIBRATION_TEXTS), "texts of the bench", directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Measures without a broker. */
  static Section measure(BenchSettings settings, Path directory, Consumer<String> progress) {
    List<String> texts = SampleTexts.of(settings.load().texts());
    progress.accept("opening the encoders");
    try (Encoders encoders = open(settings, texts, directory)) {
      for (int i = 1 - settings.load().warmups(); i <= settings.load().repetitions(); i++) {
        progress.accept("encoders %d: %s".formatted(i, encoders.run(i > 0)));
      }
      return new Section(
          "Encoders: %,d texts, %d threads, %d repetitions"
              .formatted(
                  texts.size(), settings.application().threads(), settings.load().repetitions()),
          Runs.HEADER,
          encoders.rows(),
          encoders.ratios());
    }
  }

  /**
   * Lets each encode all texts.
   *
   * @param counts whether this is no warm-up
   * @return what each did, in a line
   */
  String run(boolean counts) {
    List<String> told = new ArrayList<>();
    for (Contender contender : contenders) {
      Repetition lists = contender.encoder.run(LIST);
      Repetition single = contender.encoder.run(1);
      told.add(
          "%s %,.0f/s, %s1 %,.0f/s"
              .formatted(
                  contender.letter, lists.perSecond(), contender.letter, single.perSecond()));
      if (counts) {
        contender.lists.add(lists);
        contender.single.add(single);
      }
    }
    return String.join(", ", told);
  }

  List<List<String>> rows() {
    return contenders.stream()
        .flatMap(contender -> Stream.of(contender.lists.row(), contender.single.row()))
        .toList();
  }

  /** Of each to each before it. */
  List<String> ratios() {
    List<String> ratios = new ArrayList<>();
    for (Contender contender : contenders) {
      for (Contender other : contenders.subList(0, contenders.indexOf(contender))) {
        String pair = "%s%%s/%s%%s, texts/s: ".formatted(contender.letter, other.letter);
        ratios.add(ratio(pair.formatted("", ""), contender.lists, other.lists));
        ratios.add(ratio(pair.formatted("1", "1"), contender.single, other.single));
      }
    }
    return ratios;
  }

  /** Of a topology to the first of them. */
  List<String> ratios(String letter, Runs topology) {
    return contenders.stream()
        .limit(1)
        .flatMap(
            first ->
                Stream.of(
                    ratio(letter + "/d, texts/s: ", topology, first.lists),
                    ratio(letter + "/d1, texts/s: ", topology, first.single)))
        .toList();
  }

  private static String ratio(String name, Runs of, Runs to) {
    return name + of.ratio(to, Repetition::perSecond).decimals();
  }

  @Override
  public void close() {
    contenders.forEach(contender -> contender.encoder.close());
  }
}
