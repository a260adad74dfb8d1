package dev.hyperflow.models.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.TinyGraphs;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.graph.AnalyticDrift;
import dev.hyperflow.models.internal.graph.AnalyticFlow;
import dev.hyperflow.models.internal.graph.BrokenNetworks;
import dev.hyperflow.models.internal.graph.InitialBias;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import dev.hyperflow.models.internal.make.BundleMaker;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.verify.Finding.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleVerifierTest {

  private static final Buckets SMALL = Buckets.standard().upTo(40, 128);
  private static final IntegrationPlan PLAN =
      new IntegrationPlan(4, 1f, 1f, InitialBias.NEAREST_MEAN);

  @TempDir Path directory;

  private long nanos;

  @Test
  void shouldFindNoFaultInTheAnalyticFlow() throws IOException {
    // Given
    AnalyticFlow flow = AnalyticFlow.standard();
    make(AnalyticDrift.emit(flow), flow.plan());
    List<Finding> told = new ArrayList<>();

    // When
    Report report = BundleVerifier.verify(directory.toString(), this::nanos, told::add);

    // Then
    assertThat(report.findings()).isEqualTo(told).hasSize(16);
    assertThat(report.ok()).as("%s", report.findings()).isTrue();
    assertThat(report.id()).startsWith("made@");
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    told.forEach(finding -> counts.merge(finding.status(), 1, Integer::sum));
    assertThat(counts).containsEntry(Status.OK, 15).containsEntry(Status.NOTE, 1);
    assertThat(finding(report, "speed").found()).startsWith("1.00 ms in batches of 1, 0.06 in");
  }

  @ParameterizedTest
  @ValueSource(strings = {ShippedBundles.ANALYTIC, ShippedBundles.DRIFT})
  void shouldFindNoFaultInWhatIsShipped(String location) {
    Report report = BundleVerifier.verify(location, this::nanos, finding -> {});
    assertThat(report.ok()).as("%s", report.findings()).isTrue();
  }

  @Test
  void shouldReportAChangedFileAndSkipTheRest() throws IOException {
    // Given
    make(BrokenNetworks.sound(), PLAN);
    Files.write(directory.resolve("drift.onnx"), "other".getBytes(StandardCharsets.UTF_8));

    // When
    Report report = verify();

    // Then
    assertThat(report.ok()).isFalse();
    assertThat(report.id()).isEmpty();
    assertThat(finding(report, "files").found()).contains("drift.onnx: expected SHA-256");
    assertThat(report.findings().subList(1, 16))
        .allMatch(finding -> finding.status() == Status.SKIPPED);
  }

  @Test
  void shouldSayThatThereIsNoManifest() {
    Report report = verify();
    assertThat(finding(report, "files").found()).contains("manifest.json", "found none");
  }

  @Test
  void shouldReportABrokenContract() throws IOException {
    Fixtures.bundle(directory, TinyGraphs.integrateWithWrongOutput());
    shouldFail("integrate-contract", "outputs: expected [head, initial_head, trace]");
  }

  @Test
  void shouldReportModelsThatDoNotOpen() {
    // Given four points where the manifest has two steps
    Fixtures.bundle(
        directory, TinyGraphs.integrate("zero", new float[] {3f, 2f, 2f, 1.5f, 1f, 1f, 1f, 1f}));

    // Then
    shouldFail("opens", "integrate.onnx");
  }

  @Test
  void shouldReportAnEndThatTheDriftDoesNotLeadTo() {
    // Given a drift towards zero, and an end at twice the start
    small(TinyGraphs.integrate());
    shouldFail("follows-drift", "off after 2 Euler steps");
  }

  @Test
  void shouldReportAnotherStart() {
    // Given a start at the means where the manifest says three times the means
    Fixtures.bundle(
        directory, TinyGraphs.integrate(), m -> Fixtures.withInitialScale(m, SMALL, 3.0));
    shouldFail("start", "off");
  }

  @Test
  void shouldReportDependenceOnPadding() throws IOException {
    make(BrokenNetworks.countingPadding(), PLAN);
    shouldFail("padding", "relative differences up to");
  }

  @Test
  void shouldReportDependenceOnTheBatch() {
    small(TinyGraphs.integrate("batch"));
    shouldFail("batch", "of 32 places differ");
  }

  @Test
  void shouldReportDependenceOnChance() {
    // Given a graph that draws random numbers, which its contract forbids, too
    small(TinyGraphs.integrate("random"));
    shouldFail("integrate-contract", "RandomNormalLike");

    // When the check sees it nevertheless
    BundleFiles files = BundleFiles.read(directory.toString());
    try (Subject subject = new Subject(files, this::nanos)) {
      BundleCheck.Result result = new DeterminismCheck().run(subject);

      // Then
      assertThat(result.status()).isEqualTo(Status.FAILED);
      assertThat(result.found()).isEqualTo("other bits in the second run");
    }
  }

  @Test
  void shouldReportDependenceOnTheOrderOfExamples() throws IOException {
    make(BrokenNetworks.ledByTheFirstExample(), PLAN);
    shouldFail("example-order", "up to");
  }

  @Test
  void shouldNoteDependenceOnTheOrderOfLabels() throws IOException {
    // Given
    make(BrokenNetworks.partialToTheFirstLabel(), PLAN);

    // When
    Report report = verify("label-order");

    // Then it is worth knowing, and no failure
    assertThat(finding(report, "label-order").status()).isEqualTo(Status.NOTE);
    assertThat(finding(report, "label-order").found()).contains("knows its labels by their places");
  }

  @Test
  void shouldReportTrajectoriesThatAreNotFinite() {
    small(TinyGraphs.integrateUpTo(16));
    shouldFail("finite", "labels=20");
  }

  @Test
  void shouldReportExtremesThatAreNotFinite() throws IOException {
    make(BrokenNetworks.dividingByTheExamples(), PLAN);
    shouldFail("extremes", "zero vectors");
  }

  @Test
  void shouldReportAnEndThatIsWorseThanTheStart() {
    // Given a graph that turns heads around, and claims that the loss fell
    small(TinyGraphs.integrate("opposite"));
    shouldFail("loss", "after");
  }

  private void make(byte[] drift, IntegrationPlan plan) throws IOException {
    BundleMaker.make(
        drift,
        new BundlePlan(
            new BundlePlan.Label("made", "A bundle for tests.", "Apache-2.0"),
            plan,
            FeatureDimension.of(24),
            SMALL,
            1.0,
            Optional.empty()),
        directory);
  }

  private void small(byte[] integrate) {
    Fixtures.bundle(directory, integrate, m -> Fixtures.withBuckets(m, SMALL));
  }

  private void shouldFail(String check, String found) {
    Finding finding = finding(verify(check), check);
    assertThat(finding.status()).as("%s", finding).isEqualTo(Status.FAILED);
    assertThat(finding.found()).contains(found);
    assertThat(finding.toString())
        .startsWith("FAILED  " + check + ": expected ")
        .contains("; found ");
  }

  private Report verify() {
    return BundleVerifier.verify(directory.toString(), this::nanos, finding -> {});
  }

  /** Runs what opens the bundle, and one check. */
  private Report verify(String check) {
    List<BundleCheck<Subject>> chosen =
        BundleVerifier.CHECKS.stream().filter(c -> c.name().equals(check)).toList();
    return new BundleVerifier(chosen, this::nanos, finding -> {}).verify(directory.toString());
  }

  private static Finding finding(Report report, String check) {
    return report.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  /** A clock that is a millisecond later whenever it is asked. */
  private long nanos() {
    nanos += 1_000_000;
    return nanos;
  }
}
