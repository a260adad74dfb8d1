package dev.hyperflow.models.internal.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Quantisation;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped encoder, quantised with a few texts. */
class EncoderQuantiserTest {

  private static final double LENGTH_TOLERANCE = 1e-5;

  /** Of texts that the grids were not found with. */
  private static final double MIN_COSINE = 0.95;

  private static final double MIN_COSINE_OF_HALVES = 0.9999;

  private static final String[] WORDS = {
    "card", "refund", "late", "the", "I", "would", "like", "sofa", "crash", "unbelievably", "??"
  };

  @TempDir static Path directory;

  private static Manifest made;
  private static Bundle bundle;
  private static Encoder encoder;

  @BeforeAll
  static void quantise() throws IOException {
    made =
        EncoderQuantiser.int8(
            ShippedBundles.DRIFT, null, texts(new Random(1), 40), "made-up texts", directory);
    bundle = Bundle.load(directory.toString(), BundleOptions.defaults().withWarmUp(false));
    encoder = bundle.encoder().orElseThrow();
  }

  @AfterAll
  static void close() {
    bundle.close();
  }

  @Test
  void shouldSayWhatItIs() {
    Manifest old = BundleFiles.read(ShippedBundles.DRIFT).manifest();
    assertThat(made.name()).isEqualTo("minilm-drift-v2-int8");
    assertThat(made.encoder().quantisation())
        .isEqualTo(Quantisation.int8(old.encoder().modelSha256(), "made-up texts"));
    assertThat(bundle.manifest()).isEqualTo(made);
    assertThat(encoder.id()).matches("all-minilm-l6-v2-int8@[0-9a-f]{12}");
    assertThat(encoder.dimension()).isEqualTo(512);
    assertThat(encoder.innerWidth()).isEqualTo(128);
  }

  @Test
  void shouldStayCloseToTheEncoderOfFloats() {
    List<String> texts = texts(new Random(2), 30);
    try (Bundle old =
        Bundle.load(ShippedBundles.DRIFT, BundleOptions.defaults().withWarmUp(false))) {
      float[][] expected = old.encoder().orElseThrow().encode(texts);
      float[][] found = encoder.encode(texts);
      for (int i = 0; i < found.length; i++) {
        assertThat(cosine(found[i], expected[i], 0, 384)).isGreaterThan(MIN_COSINE);
        assertThat(cosine(found[i], expected[i], 384, 512)).isGreaterThan(MIN_COSINE);
        assertThat(cosine(found[i], found[i], 0, 384)).isCloseTo(1, within(LENGTH_TOLERANCE));
        assertThat(cosine(found[i], found[i], 384, 512)).isCloseTo(1, within(LENGTH_TOLERANCE));
      }
    }
  }

  @Test
  void shouldHalveTheFileAndStayCloser(@TempDir Path folder) throws IOException {
    // When
    Manifest halves = EncoderQuantiser.fp16(ShippedBundles.DRIFT, null, folder);

    // Then
    Manifest old = BundleFiles.read(ShippedBundles.DRIFT).manifest();
    assertThat(halves.name()).isEqualTo("minilm-drift-v2-fp16");
    assertThat(halves.encoder().quantisation())
        .isEqualTo(Quantisation.fp16(old.encoder().modelSha256()));
    assertThat((double) Files.size(folder.resolve(EncoderQuantiser.FILE)))
        .isLessThan(0.51 * BundleFiles.encoderFiles(ShippedBundles.DRIFT).model().remaining());

    // And both layers are served, with the same bits alone and in a batch
    List<String> texts = texts(new Random(4), 30);
    try (Bundle floats =
            Bundle.load(ShippedBundles.DRIFT, BundleOptions.defaults().withWarmUp(false));
        Bundle made = Bundle.load(folder.toString(), BundleOptions.defaults().withWarmUp(false))) {
      float[][] expected = floats.encoder().orElseThrow().encode(texts);
      Encoder encoder = made.encoder().orElseThrow();
      float[][] found = encoder.encode(texts);
      assertThat(encoder.id()).matches("all-minilm-l6-v2-fp16@[0-9a-f]{12}");
      for (int i = 0; i < found.length; i++) {
        assertThat(cosine(found[i], expected[i], 0, 384)).isGreaterThan(MIN_COSINE_OF_HALVES);
        assertThat(cosine(found[i], expected[i], 384, 512)).isGreaterThan(MIN_COSINE_OF_HALVES);
        assertThat(encoder.encode(List.of(texts.get(i)))[0]).isEqualTo(found[i]);
      }
    }
  }

  @Test
  void shouldGiveATextTheSameBitsInEveryBatch() {
    for (long seed = 0; seed < 6; seed++) {
      // Given texts of many lengths, in two orders
      Random random = new Random(seed);
      List<String> texts = texts(random, 1 + random.nextInt(60));
      List<String> shuffled = new ArrayList<>(texts);
      Collections.shuffle(shuffled, random);

      // When
      float[][] together = encoder.encode(texts);
      float[][] inOtherOrder = encoder.encode(shuffled);

      // Then every text has the bits it has alone
      for (int i = 0; i < texts.size(); i++) {
        assertThat(together[i])
            .as("seed %d, text %d", seed, i)
            .isEqualTo(inOtherOrder[shuffled.indexOf(texts.get(i))])
            .isEqualTo(encoder.encode(List.of(texts.get(i)))[0]);
      }
    }
  }

  @Test
  void shouldGiveTheSameBitsOnManyThreads() throws Exception {
    List<String> texts = texts(new Random(3), 12);
    float[][] expected = encoder.encode(texts);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<float[][]>> calls = Collections.nCopies(12, () -> encoder.encode(texts));
      for (Future<float[][]> call : threads.invokeAll(calls)) {
        assertThat(Arrays.deepEquals(call.get(), expected)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldRefuseNoTextsAndAnEncoderThatIsQuantised() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EncoderQuantiser.int8(ShippedBundles.DRIFT, null, List.of(), "nothing", directory))
        .withMessage("texts: expected at least one, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EncoderQuantiser.int8(
                    directory.toString(), null, List.of("a"), "a text", directory))
        .withMessage("encoder: expected one of floats, found all-minilm-l6-v2-int8");
  }

  private static List<String> texts(Random random, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int words = random.nextInt(8) == 0 ? random.nextInt(120) : random.nextInt(16);
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < words; w++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static double cosine(float[] a, float[] b, int from, int to) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int d = from; d < to; d++) {
      product += (double) a[d] * b[d];
      squaresOfA += (double) a[d] * a[d];
      squaresOfB += (double) b[d] * b[d];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }
}
