package dev.hyperflow.models.internal.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.graph.BrokenNetworks;
import dev.hyperflow.models.internal.graph.InitialBias;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleMakerTest {

  private static final IntegrationPlan PLAN = new IntegrationPlan(3, 0.1f, 0.7f, InitialBias.ZERO);

  @TempDir Path directory;

  @Test
  void shouldWriteBothNetworksAndTheManifestItReturns() throws IOException {
    // When
    Manifest made = BundleMaker.make(BrokenNetworks.sound(), plan("made", 2.0), directory);

    // Then
    BundleFiles files = BundleFiles.read(directory.toString());
    assertThat(files.manifest()).isEqualTo(made);
    assertThat(files.content().get(Manifest.DRIFT)).isEqualTo(BrokenNetworks.sound());
    assertThat(files.content().get(Manifest.INTEGRATE))
        .isEqualTo(IntegrateGraph.build(BrokenNetworks.sound(), PLAN));
  }

  @Test
  void shouldSayInTheManifestWhatWasPlanned() throws IOException {
    // When
    Manifest made = BundleMaker.make(BrokenNetworks.sound(), plan("made", 2.0), directory);

    // Then decimals are those that a person typed
    assertThat(made.horizon()).isEqualTo(0.1);
    assertThat(made.initialHead()).isEqualTo(new Manifest.InitialHead("prototype", 0.7, "zero"));
    assertThat(made.steps()).isEqualTo(3);
    assertThat(made.driftEvaluations()).isEqualTo(4);
    assertThat(made.integrator()).isEqualTo("euler");
    assertThat(made.calibration().temperature()).isEqualTo(2.0);
    assertThat(made.buckets().labels()).containsExactly(4, 8, 10);
    assertThat(made.provenance().objective()).isEqualTo("made elsewhere");
    assertThat(made.provenance().training()).isNull();
    assertThat(made.encoderReference()).isEmpty();
  }

  @Test
  void shouldGiveTheSameIdForTheSamePlan() throws IOException {
    assertThat(id("made", 2.0)).isEqualTo(id("made", 2.0)).isNotEqualTo(id("made", 2.5));
  }

  private String id(String name, double temperature) throws IOException {
    BundleMaker.make(BrokenNetworks.sound(), plan(name, temperature), directory);
    return BundleFiles.read(directory.toString()).id();
  }

  @Test
  void shouldWriteNothingForANetworkThatBreaksItsContract() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BundleMaker.make(BrokenNetworks.ofAnOldOperatorSet(), plan("m", 1), directory))
        .withMessage("drift.onnx: opset: expected 18 to 21, found 17");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldWriteNothingForANameThatIsNotAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleMaker.make(BrokenNetworks.sound(), plan("A B", 1), directory))
        .withMessageStartingWith("name: expected a match of ")
        .withMessageEndingWith("found A B");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldReplaceWhatWasThere() throws IOException {
    Files.writeString(directory.resolve(Manifest.DRIFT), "old");
    BundleMaker.make(BrokenNetworks.sound(), plan("made", 1), directory);
    assertThat(directory.resolve(Manifest.DRIFT)).hasBinaryContent(BrokenNetworks.sound());
  }

  @Test
  void shouldDemandEveryPartOfAPlan() {
    BundlePlan plan = plan("made", 1);
    assertThatNullPointerException()
        .isThrownBy(
            () ->
                new BundlePlan(
                    plan.label(), null, plan.featureDimension(), plan.buckets(), 1, plan.encoder()))
        .withMessage("integration");
  }

  private static BundlePlan plan(String name, double temperature) {
    return new BundlePlan(
        new BundlePlan.Label(name, "A bundle for tests.", "Apache-2.0"),
        PLAN,
        FeatureDimension.of(6),
        Buckets.standard().upTo(10, 32),
        temperature,
        Optional.empty());
  }
}
