package dev.hyperflow.models.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.TestBundles;
import dev.hyperflow.models.internal.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedBundleTest {

  /** Between the fused loop and a loop in Java, per weight. */
  private static final float FUSED_TOLERANCE = 1e-6f;

  private static final double TRACE_TOLERANCE = 1e-4;

  private final Bundle bundle = TestBundles.SHIPPED;

  @Test
  void shouldHaveTheReleasedBytes(@TempDir Path directory) throws IOException {
    // When written twice
    ShippedBundles.writeAnalytic(directory);
    TreeMap<String, String> hashes = new TreeMap<>();
    for (String file : List.of("drift.onnx", "integrate.onnx", "manifest.json")) {
      byte[] written = Files.readAllBytes(directory.resolve(file));
      assertThat(getClass().getResourceAsStream("/bundles/minilm-analytic-v0/" + file))
          .hasBinaryContent(written);
      hashes.put(file, Sha256.of(written));
    }

    // Then
    assertThat(hashes)
        .as(
            "Users' predictions name this bundle by the hash of its manifest. Before the first"
                + " release, paste the hashes found here. After it, leave minilm-analytic-v0 as it"
                + " is and give changed content a new name, minilm-analytic-v1, beside it.")
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "drift.onnx", "0a82b509c053daa93a74c42c904860cdd0584cd0bdea5af0c2bb4c297980beba",
                "integrate.onnx",
                    "6bee0b21103d74761e391e2dc68e3bd611264a959a02fe015e9f440f401689f0",
                "manifest.json",
                    "d0bed47766c63f84d1f57e3cfc3ca2f55f324fd3311ed1a5e3ac29864bfd181c"));
  }

  @Test
  void shouldComeWithATrainedBundleThatSaysHow() {
    try (Bundle trained =
        Bundle.load(ShippedBundles.DRIFT, BundleOptions.defaults().withLoadEncoder(false))) {
      Manifest manifest = trained.manifest();
      assertThat(manifest.steps()).isLessThanOrEqualTo(8);
      assertThat(manifest.provenance().training().command()).startsWith("./hyperflow train ");
      assertThat(manifest.provenance().training().dataSha256().keySet())
          .containsAll(manifest.provenance().data());
    }
  }

  @Test
  void shouldTakeAnyDimensionAndBringItsEncoder() {
    assertThat(bundle.id()).matches("minilm-analytic-v0@[0-9a-f]{12}");
    assertThat(bundle.featureDimension()).isEmpty();
    assertThat(bundle.encoder().orElseThrow().dimension()).isEqualTo(384);
    assertThat(bundle.device()).isEqualTo(Device.cpu());
  }

  @ParameterizedTest
  @CsvSource({"16, 2, 2", "16, 1, 3", "384, 10, 50", "384, 20, 100", "48, 40, 200", "7, 3, 30"})
  void shouldAgreeWithAPlainEulerLoop(int dimension, int labels, int examples) {
    // Given
    SupportSet task = Fixtures.supportSet(new Random(21), dimension, labels, examples);
    Integration fused = bundle.integrator().integrate(List.of(task)).get(0);
    int steps = bundle.manifest().steps();
    float length = (float) (bundle.manifest().horizon() / steps);

    // When the same field is followed step by step
    try (DriftField field = Fixtures.driftField(ShippedBundles.ANALYTIC)) {
      float[] weights = fused.initial().toArray();
      for (int step = 0; step <= steps; step++) {
        Head head = Head.of(labels, dimension, weights);
        float t = (float) (bundle.manifest().horizon() * step / steps);
        float[] drift = field.drift(head, t, task);
        assertThat((double) fused.trace().driftNorm(step))
            .isCloseTo(norm(drift), within(TRACE_TOLERANCE));
        assertThat((double) fused.trace().supportLoss(step))
            .isCloseTo(loss(head, task), within(TRACE_TOLERANCE));
        for (int i = 0; step < steps && i < weights.length; i++) {
          weights[i] += length * drift[i];
        }
      }

      // Then both end at the same head
      assertThat(fused.safeguarded()).isFalse();
      assertThat(fused.trace().steps()).isEqualTo(steps);
      float[] adapted = fused.adapted().toArray();
      for (int i = 0; i < weights.length; i++) {
        assertThat(adapted[i]).isCloseTo(weights[i], within(FUSED_TOLERANCE));
      }
    }
  }

  @Test
  void shouldStartAtThePrototypesItsManifestNames() {
    // Given
    SupportSet task =
        SupportSet.builder(2, 2)
            .add(0, 1f, new float[] {1, 0})
            .add(0, 3f, new float[] {0, 1})
            .add(1, 2f, new float[] {0, -1})
            .build();
    float scale = (float) bundle.manifest().initialHead().scale();

    // When
    Head initial = bundle.integrator().integrate(List.of(task)).get(0).initial();

    // Then
    assertThat(bundle.manifest().initialHead().bias()).isEqualTo("nearest-mean");
    float[] expected = {
      0.25f * scale, 0.75f * scale, -0.3125f * scale, 0, -scale, -0.5f * scale,
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(initial.toArray()[i]).isCloseTo(expected[i], within(FUSED_TOLERANCE));
    }
  }

  @Test
  void shouldLowerTheSupportLossAndComeToRest() {
    // Given
    SupportSet task = Fixtures.supportSet(new Random(22), 384, 20, 100);

    // When
    Trace trace = bundle.integrator().integrate(List.of(task)).get(0).trace();

    // Then
    assertThat(trace.supportLoss(trace.steps())).isLessThan(trace.supportLoss(0));
    assertThat(trace.driftNorm(trace.steps())).isLessThan(trace.driftNorm(0) / 10);
  }

  private static double norm(float[] drift) {
    double squares = 0;
    for (float value : drift) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /** Weighted mean of the cross-entropy, in nats. */
  private static double loss(Head head, SupportSet task) {
    float[] logits = new float[task.labels()];
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < task.examples(); i++) {
      head.logits(task.features(i), logits);
      double partition = 0;
      for (float logit : logits) {
        partition += Math.exp(logit);
      }
      sum += task.weight(i) * (Math.log(partition) - logits[task.label(i)]);
      weights += task.weight(i);
    }
    return sum / weights;
  }
}
