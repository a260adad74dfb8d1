package dev.hyperflow.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TinyEncoders;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.make.EncoderBundle;
import dev.hyperflow.models.internal.make.EncoderChoices;
import dev.hyperflow.models.internal.make.EncoderFolder;
import dev.hyperflow.models.internal.verify.BundleVerifier;
import dev.hyperflow.models.internal.verify.Finding;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.FeatureCache;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./hyperflow train} as a user runs it, on the messages of the demo. */
class TrainCommandTest {
  /** The messages of the demo. */
  private static final Path MESSAGES = Path.of("../app/src/main/resources/messages");

  private static final int EPISODES = 60;

  /** In accuracy, as a fraction; what training from scratch brings at the least. */
  private static final double GAIN = 0.02;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void shouldTrainFromScratchABundleThatBeatsPrototypesOnAnotherTenant() throws Exception {
    // Given two tenants to learn from and a third to judge by
    Path bank = demo("bank.tsv");
    Path furniture = demo("furniture.tsv");
    Path software = demo("software.tsv");
    Path out = directory.resolve("tiny-v1");
    Path cache = directory.resolve("cache");

    // When
    Result result =
        run(
            "train",
            "--data",
            bank.toString(),
            furniture.toString(),
            "--out",
            out.toString(),
            "--cache",
            cache.toString(),
            "--steps=60",
            "--learning-rate=0.02",
            "--ways=2-10",
            "--shots=1-12",
            "--euler-steps=6");

    // Then there is a verified bundle that says where it comes from, and a report
    assertThat(result.error).isEmpty();
    assertThat(result.code).isZero();
    assertThat(out.resolve("training/report.md")).content().contains("best after step", "loss.png");
    assertThat(out.resolve("training/loss.png")).isNotEmptyFile();
    List<Finding> failed = new ArrayList<>();
    BundleVerifier.verify(
        out.toString(),
        System::nanoTime,
        finding -> {
          if (finding.status() == Finding.Status.FAILED) {
            failed.add(finding);
          }
        });
    assertThat(failed).isEmpty();
    try (Bundle bundle = Bundle.load(out.toString(), BundleOptions.defaults())) {
      Manifest manifest = bundle.manifest();
      assertThat(manifest.name()).isEqualTo("tiny-v1");
      assertThat(manifest.provenance().training().command())
          .startsWith("./hyperflow train --data ")
          .endsWith(" --steps 60");
      assertThat(manifest.provenance().training().dataSha256())
          .containsOnlyKeys("bank/meridian-bank", "furniture/oakline-furniture");

      // And it beats the heads it starts from on the tenant it has never seen
      LabelledFeatures judge = features(software, bundle.encoder().orElseThrow(), cache);
      double gain = gain(bundle, judge);
      assertThat(gain).isGreaterThan(GAIN);
    }
  }

  @Test
  @Timeout(300)
  void shouldCarryTheFilesOfAnEncoderThatWasAdded() throws Exception {
    // Given an encoder with prefixes and a layer before its last one
    Path folder = directory.resolve("encoder");
    TinyEncoders.folder(folder, TinyEncoders.Tokens.BYTE_LEVEL, 24, "mean");
    TinyEncoders.write(
        folder,
        "config_sentence_transformers.json",
        "{'prompts': {'query': 'query: ', 'passage': 'passage: '}}");
    Path added = directory.resolve("added");
    EncoderBundle.make(
        EncoderFolder.read(folder, EncoderChoices.none()),
        ShippedBundles.DRIFT_V1,
        new BundlePlan.Label("added", "A bundle for tests.", "Apache-2.0"),
        added);
    Path out = directory.resolve("trained");

    // When
    Result result =
        run(
            "train",
            "--data",
            demo("bank.tsv").toString(),
            demo("furniture.tsv").toString(),
            "--encoder",
            added.toString(),
            "--inner-layer=tokens",
            "--inner-dimension=8",
            "--out",
            out.toString(),
            "--cache",
            directory.resolve("cache").toString(),
            "--steps=2",
            "--ways=2-4",
            "--shots=1-4");

    // Then it serves without the bundle that it came from
    assertThat(result.error).isEmpty();
    try (Bundle bundle = Bundle.load(out.toString(), BundleOptions.defaults())) {
      Encoder encoder = bundle.encoder().orElseThrow();
      assertThat(encoder.dimension()).isEqualTo(24 + 8);
      assertThat(encoder.prefixes()).isEqualTo(new TextPrefixes("query: ", "passage: "));
      assertThat(encoder.encode(List.of("query: lost card"))[0]).hasSize(32);
    }
  }

  @Test
  void shouldRefuseADirectoryThatIsNotEmpty() throws IOException {
    Files.writeString(directory.resolve("mine.txt"), "mine");
    Result result = run("train", "--data", "x.tsv", "--out", directory.toString());
    assertThat(result.code).isEqualTo(2);
    assertThat(result.error)
        .startsWith("hyperflow: --out: expected an empty directory or none, found files in ");
  }

  @Test
  void shouldNameFileAndLineThatCannotBeRead() throws IOException {
    Path data = directory.resolve("mine.tsv");
    Files.writeString(data, "billing\tI was charged twice\nno label here\n");
    Result result =
        run("train", "--data", data.toString(), "--out", directory.resolve("out").toString());
    assertThat(result.code).isEqualTo(2);
    assertThat(result.error).contains("mine.tsv").containsPattern("[: ]2[: ]");
  }

  @Test
  void shouldNameTheSettingThatIsWrong() {
    String out = directory.resolve("out").toString();
    assertThat(run("train", "--data", "x.tsv", "--out", out, "--objective", "magic").error)
        .startsWith("hyperflow: Invalid value for option '--objective'");
    assertThat(run("train", "--data", "x.tsv", "--out", out, "--ways", "1-5").error)
        .startsWith("hyperflow: --ways, --shots: minWays: expected at least 2");
    assertThat(run("train", "--data", "x.tsv", "--out", out, "--shots", "many").error)
        .contains("--shots")
        .contains("expected a range like 2-60, found 'many'");
    assertThat(run("train", "--out", out).error)
        .startsWith("hyperflow: expected --data or --topic, found neither");
    assertThat(run("train", "--topic", "support", "--out", out).error)
        .startsWith("hyperflow: expected --topic and --config together");
  }

  private double gain(Bundle bundle, LabelledFeatures set) {
    SettingSampler sampler = new SettingSampler(Setting.parse("10x10"), 10, 3);
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < EPISODES; i++) {
      episodes.add(sampler.sample(set, i));
    }
    List<Integration> heads =
        bundle.integrator().integrate(episodes.stream().map(Episode::supportSet).toList());
    double gain = 0;
    for (int i = 0; i < EPISODES; i++) {
      Episode episode = episodes.get(i);
      for (int q = 0; q < episode.queries().length; q++) {
        float[] x = episode.queries()[q];
        double share = 1.0 / episode.queries().length / EPISODES;
        gain += heads.get(i).adapted().argmax(x) == episode.queryLabels()[q] ? share : 0;
        gain -= heads.get(i).initial().argmax(x) == episode.queryLabels()[q] ? share : 0;
      }
    }
    return gain;
  }

  private static LabelledFeatures features(Path file, Encoder encoder, Path cache)
      throws InterruptedException {
    LabelledTexts texts = LabelledTexts.readAll(List.of(file)).get(0);
    return new FeatureCache(cache, 1).features(texts, encoder, done -> {});
  }

  /** A file of the demo, which is a resource of the application. */
  private static Path demo(String name) {
    return MESSAGES.resolve(name);
  }

  private static Result run(String... args) {
    StringWriter error = new StringWriter();
    CommandLine line = Main.commandLine(new TrainingTools());
    line.setErr(new PrintWriter(error, true));
    int code = line.execute(args);
    return new Result(code, error.toString());
  }

  private record Result(int code, String error) {}
}
