package dev.hyperflow.models.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.TinyGraphs;
import dev.hyperflow.models.internal.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.BufferOverflowException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {

  private static final BundleOptions OPTIONS = BundleOptions.defaults();

  @TempDir Path directory;

  @Test
  void shouldLoadADirectory() {
    // Given
    Fixtures.bundle(directory, TinyGraphs.integrate());

    // When
    try (Bundle bundle = Bundle.load(directory.toString(), OPTIONS)) {
      // Then
      assertThat(bundle.id()).matches("tiny@[0-9a-f]{12}");
      assertThat(bundle.encoder()).isEmpty();
      assertThat(bundle.featureDimension()).isEmpty();
      assertThat(bundle.device()).isEqualTo(Device.cpu());
      assertThat(bundle.calibration()).isEqualTo(Calibration.of(1.0));
      assertThat(bundle.integrator().maxLabels()).isEqualTo(200);
      assertThat(bundle.integrator().maxExamples()).isEqualTo(16_384);
    }
  }

  @Test
  void shouldLoadTheSameFromAZip() throws IOException {
    // Given
    Fixtures.bundle(directory, TinyGraphs.integrate());
    Path zip = zip("bundle.zip", "");

    // When
    try (Bundle fromZip = Bundle.load(zip.toString(), OPTIONS);
        Bundle fromDirectory = Bundle.load(directory.toString(), OPTIONS)) {
      // Then
      assertThat(fromZip.id()).isEqualTo(fromDirectory.id());
      assertThat(fromZip.manifest()).isEqualTo(fromDirectory.manifest());
      SupportSet task = Fixtures.supportSet(new Random(1), 5, 2, 4);
      assertThat(fromZip.integrator().integrate(List.of(task)))
          .isEqualTo(fromDirectory.integrator().integrate(List.of(task)));
      try (DriftField field = Fixtures.driftField(zip.toString())) {
        Head head = Head.of(2, 1, new float[] {1, 2, 3, 4});
        SupportSet one = Fixtures.supportSet(new Random(2), 1, 2, 3);
        assertThat(field.drift(head, 0f, one)).containsExactly(-1, -2, -3, -4);
      }
    }
  }

  @Test
  void shouldRefuseAZipThatClimbsOut() throws IOException {
    Fixtures.bundle(directory, TinyGraphs.integrate());
    Path zip = zip("evil.zip", "../");
    refuses(zip.toString(), "expected a relative path", "../drift.onnx");
  }

  @Test
  void shouldRefuseMissingFiles() throws IOException {
    refuses(directory.resolve("none").toString(), "expected file", "none");
    refuses(directory.toString(), "manifest.json", "found none");
    refuses("classpath:bundles/no-such-bundle", "bundles/no-such-bundle/manifest.json");
    Fixtures.bundle(directory, TinyGraphs.integrate());
    Files.delete(directory.resolve("drift.onnx"));
    refuses(directory.toString(), "drift.onnx", "found none");
  }

  @Test
  void shouldRefuseAChangedFile() throws IOException {
    // Given one flipped bit
    Fixtures.bundle(directory, TinyGraphs.integrate());
    byte[] content = Files.readAllBytes(directory.resolve("integrate.onnx"));
    content[content.length / 2] ^= 1;
    Files.write(directory.resolve("integrate.onnx"), content);

    // Then
    refuses(directory.toString(), "integrate.onnx: expected SHA-256", "found");
  }

  @Test
  void shouldRefuseAFileThatIsNoModel() {
    Fixtures.bundle(directory, "not a model".getBytes(StandardCharsets.UTF_8));
    refuses(directory.toString(), "integrate.onnx: expected an ONNX model");
  }

  @Test
  void shouldRefuseWrongOutputs() {
    Fixtures.bundle(directory, TinyGraphs.integrateWithWrongOutput());
    refuses(directory.toString(), "expected output head float[?,?,?], found none");
  }

  @Test
  void shouldRefuseWrongInputs() {
    Fixtures.bundle(directory, TinyGraphs.drift());
    refuses(
        directory.toString(),
        "integrate.onnx: expected inputs [label_mask, membership, support], found [head, label_mask, membership, support, t]");
  }

  @Test
  void shouldRefuseAModelOfOneDimensionWhereTheManifestSaysAny() {
    Fixtures.bundle(directory, TinyGraphs.integrateOfDimension(7));
    refuses(directory.toString(), "expected input support float[?,?,?], found float[?,?,7]");
  }

  @Test
  void shouldRefuseAWrongNumberOfSteps() {
    Fixtures.bundle(
        directory, TinyGraphs.integrate("zero", new float[] {3f, 2f, 2f, 1.5f, 1f, 1f, 1f, 1f}));
    refuses(directory.toString(), "integrate.onnx");
  }

  @Test
  void shouldRefuseAModelThatDependsOnPadding() {
    Fixtures.bundle(directory, TinyGraphs.integrate("count", TinyGraphs.improving()));
    refuses(directory.toString(), "expected padding from", "to change nothing");
  }

  @Test
  void shouldRefuseAModelThatDependsOnNeighbours() {
    Fixtures.bundle(directory, TinyGraphs.integrate("batch", TinyGraphs.improving()));
    refuses(directory.toString(), "expected the same head alone and in a batch");
  }

  @Test
  void shouldRefuseATrajectoryThatIsNotFinite() {
    Fixtures.bundle(
        directory, TinyGraphs.integrate("zero", new float[] {3f, 2f, Float.NaN, 1f, 1f, 1f}));
    refuses(directory.toString(), "expected a finite trajectory with 4 labels");
  }

  @Test
  void shouldFallBackToTheStartWhereTheEndIsNotFinite() {
    // Given
    Fixtures.bundle(directory, TinyGraphs.integrate("infinite", TinyGraphs.improving()));

    // When
    Integration result = integrateWithoutWarmUp();

    // Then
    assertThat(result.safeguarded()).isTrue();
    assertThat(result.adapted()).isEqualTo(result.initial());
  }

  @Test
  void shouldReportThatTheGraphTookAnEarlierPoint() {
    for (float end : new float[] {4f, Float.NaN, Float.POSITIVE_INFINITY}) {
      // Given a support loss that ends above its start
      float[] trace = {3f, 2f, 2f, 1f, 1f, end};
      Fixtures.bundle(directory, TinyGraphs.integrate("zero", trace));

      // When
      Integration result = integrateWithoutWarmUp();

      // Then the head is the one the graph chose
      assertThat(result.safeguarded()).isTrue();
      assertThat(result.adapted()).isNotEqualTo(result.initial());
      assertThat(result.trace()).isEqualTo(Trace.of(trace));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4",
    "2, 7",
    "2, 8",
    "1, 1",
    "2, 1",
    "8, 7",
    "32, 4",
    "4, 7:16",
    "2:6, 4:9",
    "32:64, 8:48"
  })
  void shouldTryABundleOfSmallBuckets(String labels, String support) {
    // Given
    Buckets buckets = new Buckets(sizes(labels), sizes(support), List.of(1));
    Fixtures.bundle(directory, TinyGraphs.integrate(), m -> Fixtures.withBuckets(m, buckets));

    // When
    try (Bundle bundle = Bundle.load(directory.toString(), OPTIONS)) {
      // Then
      int most = Math.min(buckets.maxLabels(), buckets.maxExamples());
      SupportSet task = Fixtures.supportSet(new Random(5), 3, most, buckets.maxExamples());
      assertThat(bundle.integrator().integrate(List.of(task)).get(0).safeguarded()).isFalse();
    }
  }

  @Test
  void shouldTryPaddingOnlyToBucketsThatThereAre() {
    // Given a model that depends on padding, and nothing to pad a small task to
    withSupportBuckets(8);
    Bundle.load(directory.toString(), OPTIONS).close();

    // When there is a larger bucket
    withSupportBuckets(8, 9);

    // Then
    refuses(directory.toString(), "expected padding from", "examples=8", "examples=9");
  }

  private void withSupportBuckets(Integer... sizes) {
    Buckets buckets = new Buckets(List.of(2), List.of(sizes), List.of(1));
    byte[] integrate = TinyGraphs.integrate("count", TinyGraphs.improving());
    Fixtures.bundle(directory, integrate, m -> Fixtures.withBuckets(m, buckets));
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "12, 12", "40, 16"})
  void shouldTryEveryLabelBucketThatExamplesReach(int maxExamples, int labels) {
    // Given a trajectory that diverges beyond 8 labels
    Buckets buckets = new Buckets(List.of(4, 8, 16), List.of(maxExamples), List.of(1));
    Fixtures.bundle(directory, TinyGraphs.integrateUpTo(8), m -> Fixtures.withBuckets(m, buckets));

    // Then
    refuses(directory.toString(), "expected a finite trajectory with " + labels + " labels");
  }

  @Test
  void shouldTryTheLargestLabelBucketHoweverSlowTheMachine() {
    Fixtures.bundle(directory, TinyGraphs.integrateUpTo(199));
    refuses(directory.toString(), "expected a finite trajectory with 200 labels");
  }

  static List<Throwable> unforeseen() {
    return List.of(
        new BufferOverflowException(),
        new IllegalStateException("two\nlines"),
        new UncheckedIOException(new IOException("two\nlines")),
        new UnsatisfiedLinkError("two\nlines"),
        new OutOfMemoryError("two\nlines"),
        new ExceptionInInitializerError(new IllegalStateException("two\nlines")));
  }

  @ParameterizedTest
  @MethodSource("unforeseen")
  void shouldRefuseInOneLineWhateverHappens(Throwable failure) {
    // Given
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(failing(failure));

    // Then
    try {
      refuses(
          "classpath:bundles/any",
          "expected to load, found: ",
          failure instanceof BufferOverflowException
              ? "java.nio.BufferOverflowException"
              : "two lines");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ClassLoader failing(Throwable failure) {
    return new ClassLoader(null) {
      @Override
      public URL getResource(String name) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }

  private static List<Integer> sizes(String text) {
    return Stream.of(text.split(":", -1)).map(Integer::valueOf).toList();
  }

  private Integration integrateWithoutWarmUp() {
    SupportSet task = Fixtures.supportSet(new Random(3), 6, 3, 9);
    try (Bundle bundle = Bundle.load(directory.toString(), OPTIONS.withWarmUp(false))) {
      return bundle.integrator().integrate(List.of(task)).get(0);
    }
  }

  @Test
  void shouldIntegrateToTheRightRows() {
    // Given a graph whose end is twice the weighted means
    Fixtures.bundle(directory, TinyGraphs.integrate());
    SupportSet task =
        SupportSet.builder(2, 2)
            .add(1, 1f, new float[] {0, 4})
            .add(0, 1f, new float[] {1, 0})
            .add(0, 3f, new float[] {5, 0})
            .build();

    // When
    try (Bundle bundle = Bundle.load(directory.toString(), OPTIONS)) {
      Integration result = bundle.integrator().integrate(List.of(task)).get(0);

      // Then
      assertThat(result.safeguarded()).isFalse();
      assertThat(result.initial().toArray()).containsExactly(4, 0, 0, 0, 4, 0);
      assertThat(result.adapted().toArray()).containsExactly(8, 0, 0, 0, 8, 0);
      assertThat(result.trace()).isEqualTo(Trace.of(TinyGraphs.improving()));
    }
  }

  @Test
  void shouldRefuseTasksBeyondTheLimits() {
    Fixtures.bundle(directory, TinyGraphs.integrate());
    Bundle bundle = Bundle.load(directory.toString(), OPTIONS);
    try (bundle) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(
              () ->
                  bundle
                      .integrator()
                      .integrate(List.of(Fixtures.supportSet(new Random(4), 2, 201, 201))))
          .withMessage("labels: expected at most 200, found 201");
      assertThat(bundle.integrator().integrate(List.of())).isEmpty();
    }
    bundle.close();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                bundle.integrator().integrate(List.of(Fixtures.supportSet(new Random(4), 2, 2, 2))))
        .withMessageContaining("closed");
  }

  @Test
  void shouldRefuseAnEncoderThatIsNotWhatTheManifestNames() {
    // Given a drift network in the place of the encoder
    String tokenizer = "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0";
    withEncoder("classpath:all-minilm-l6-v2-tokenizer.json", "0".repeat(64));
    refuses(
        directory.toString(),
        "all-minilm-l6-v2-tokenizer.json: expected SHA-256 000",
        "found " + tokenizer);
    withEncoder("classpath:all-minilm-l6-v2-tokenizer.json", tokenizer);
    refuses(directory.toString(), "drift.onnx: expected inputs [attention_mask, input_ids]");
    withEncoder("drift.onnx", Sha256.of(TinyGraphs.drift()));
    refuses(directory.toString(), "drift.onnx: expected a tokenizer.json");
    withEncoder("nowhere.json", tokenizer);
    refuses(directory.toString(), "expected file", "nowhere.json, found none");

    // Then it loads for those who need no encoder
    try (Bundle bundle = Bundle.load(directory.toString(), OPTIONS.withLoadEncoder(false))) {
      assertThat(bundle.encoder()).isEmpty();
    }
  }

  private void withEncoder(String tokenizer, String tokenizerSha256) {
    Manifest.EncoderReference encoder =
        new Manifest.EncoderReference(
            "odd",
            "drift.onnx",
            Sha256.of(TinyGraphs.drift()),
            tokenizer,
            tokenizerSha256,
            "mean",
            true,
            64,
            8);
    Fixtures.bundle(directory, TinyGraphs.integrate(), m -> Fixtures.withEncoder(m, encoder));
  }

  private static void refuses(String location, String... parts) {
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> Bundle.load(location, OPTIONS).close())
        .withMessageStartingWith("bundle " + location + ": ")
        .withMessageNotContaining("\n")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private Path zip(String name, String prefix) throws IOException {
    Path zip = Files.createTempFile(name, ".zip");
    zip.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (String file : List.of("drift.onnx", "integrate.onnx", "manifest.json")) {
        entries.putNextEntry(new ZipEntry(prefix + file));
        entries.write(Files.readAllBytes(directory.resolve(file)));
      }
    }
    return zip;
  }
}
