package dev.hyperflow.models.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.BrokenNetworks;
import dev.hyperflow.models.internal.graph.InitialBias;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import dev.hyperflow.models.internal.make.BundleMaker;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.verify.Finding.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that break one law each: the check of that law finds it, and no other check does. */
class BrokenLawsTest {

  private static final IntegrationPlan PLAN =
      new IntegrationPlan(4, 1f, 1f, InitialBias.NEAREST_MEAN);

  /** What these checks look at depends on the machine, not on the network. */
  private static final Set<String> OF_THE_MACHINE = Set.of("memory", "speed");

  @TempDir Path directory;

  @Test
  void shouldFindNothingInASoundNetwork() throws IOException {
    make(BrokenNetworks.sound(), PLAN);
    assertThat(notOk()).isEmpty();
  }

  @Test
  void shouldFindAnotherStartByStart() throws IOException {
    // Given a graph that starts at the means, and a manifest that says half of them
    make(BrokenNetworks.sound(), new IntegrationPlan(4, 1f, 0.5f, InitialBias.NEAREST_MEAN));
    replaceIntegrate(IntegrateGraph.build(BrokenNetworks.sound(), PLAN));

    // Then
    assertThat(notOk()).containsExactly("start");
  }

  @Test
  void shouldFindAnIntegrationOfAnotherDriftByFollowsDrift() throws IOException {
    make(BrokenNetworks.sound(), PLAN);
    replaceIntegrate(IntegrateGraph.build(BrokenNetworks.explodingLate(), PLAN));
    assertThat(notOk()).containsExactly("follows-drift", "finite");

    // When the other drift is finite, too
    replaceIntegrate(IntegrateGraph.build(BrokenNetworks.sound(), longer()));

    // Then
    assertThat(notOk()).containsExactly("follows-drift");
  }

  private static IntegrationPlan longer() {
    return new IntegrationPlan(4, 2f, 1f, InitialBias.NEAREST_MEAN);
  }

  @Test
  void shouldFindDependenceOnPaddingByPadding() throws IOException {
    make(BrokenNetworks.countingPadding(), PLAN);
    assertThat(notOk()).containsExactly("padding");
  }

  @Test
  void shouldFindDependenceOnNeighboursByBatch() throws IOException {
    make(BrokenNetworks.summingOverTheBatch(), PLAN);
    assertThat(notOk()).containsExactly("batch");
  }

  @Test
  void shouldFindAFavouriteExampleByExampleOrder() throws IOException {
    make(BrokenNetworks.ledByTheFirstExample(), PLAN);
    assertThat(notOk()).containsExactly("example-order");
  }

  @Test
  void shouldFindAFavouriteLabelByLabelOrder() throws IOException {
    make(BrokenNetworks.partialToTheFirstLabel(), PLAN);
    assertThat(notOk()).containsExactly("label-order");
  }

  @Test
  void shouldFindALateExplosionByFinite() throws IOException {
    make(BrokenNetworks.explodingLate(), PLAN);
    assertThat(notOk()).containsExactly("finite");
  }

  @Test
  void shouldFindADivisionByZeroByExtremes() throws IOException {
    make(BrokenNetworks.dividingByTheExamples(), PLAN);
    assertThat(notOk()).containsExactly("extremes");
  }

  @Test
  void shouldFindAMissingSafeguardByLoss() throws IOException {
    // Given a drift that turns the heads of heavy tasks around, and nothing that holds it back
    byte[] drift = BrokenNetworks.turningHeavyTasksAround();
    make(drift, PLAN);
    replaceIntegrate(BrokenNetworks.withoutSafeguard(IntegrateGraph.build(drift, PLAN)));

    // Then
    assertThat(notOk()).containsExactly("loss");
  }

  private void make(byte[] drift, IntegrationPlan plan) throws IOException {
    BundleMaker.make(
        drift,
        new BundlePlan(
            new BundlePlan.Label("broken", "A bundle for tests.", "Apache-2.0"),
            plan,
            FeatureDimension.of(24),
            Buckets.standard().upTo(40, 128),
            1.0,
            Optional.empty()),
        directory);
  }

  private void replaceIntegrate(byte[] integrate) throws IOException {
    BundleFiles files = BundleFiles.read(directory.toString());
    Manifest m = files.manifest();
    BundleWriter.write(
        directory,
        Map.of(Manifest.DRIFT, files.content().get(Manifest.DRIFT), Manifest.INTEGRATE, integrate),
        hashes -> m.with(m.encoder(), m.blocks(), hashes));
  }

  /** Names of the checks that found something, in the order they ran. */
  private List<String> notOk() {
    List<BundleCheck<Subject>> checks =
        BundleVerifier.CHECKS.stream()
            .filter(check -> !OF_THE_MACHINE.contains(check.name()))
            .toList();
    Report report =
        new BundleVerifier(checks, System::nanoTime, finding -> {}).verify(directory.toString());
    return report.findings().stream()
        .filter(finding -> finding.status() != Status.OK)
        .map(Finding::check)
        .toList();
  }
}
