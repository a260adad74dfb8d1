package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.network.DriftExport;
import dev.hyperflow.training.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes a bundle around parameters, calibrates it with its own heads, and verifies it. */
final class TrainedBundle {

  private final Path directory;
  private final TrainingRun.Naming naming;
  private final Inputs inputs;
  private final Function<SortedMap<String, Double>, Manifest.Provenance> origin;

  /**
   * A maker of one bundle.
   *
   * @param inputs what was learned from
   * @param origin tells where the bundle comes from once the figures are known
   */
  TrainedBundle(
      Path directory,
      TrainingRun.Naming naming,
      Inputs inputs,
      Function<SortedMap<String, Double>, Manifest.Provenance> origin) {
    this.directory = directory;
    this.naming = naming;
    this.inputs = inputs;
    this.origin = origin;
  }

  /**
   * Writes the bundle.
   *
   * @param eulerSteps number of steps of its loop
   * @param episodes of held-out labels, for calibration and for the figures in the manifest
   * @param scopeTasks what the scope score is fitted on
   * @return the manifest
   * @throws dev.hyperflow.models.BundleException if what was written cannot be loaded
   */
  Manifest make(
      Parameters parameters, int eulerSteps, List<Episode> episodes, List<ScopeTask> scopeTasks) {
    IntegrationPlan plan = DriftExport.plan(eulerSteps).withBlocks(inputs.blocks());
    byte[] drift = DriftExport.emit(parameters);
    byte[] integrate = IntegrateGraph.build(drift, plan);
    Map<String, byte[]> files = new TreeMap<>(inputs.encoderFiles());
    files.put(Manifest.DRIFT, drift);
    files.put(Manifest.INTEGRATE, integrate);
    inputs
        .innerProjection()
        .ifPresent(
            projection ->
                files.put(inputs.encoder().orElseThrow().inner().projection(), projection));
    write(files, plan, new Manifest.Softmax(1), new TreeMap<>());
    TemperatureFit fit;
    ScopeFit scopeFit;
    try (Bundle uncalibrated = load(false)) {
      fit = new TemperatureFit(uncalibrated.integrator(), episodes);
      scopeFit = new ScopeFit(uncalibrated.integrator(), plan.initialScale(), scopeTasks);
    }
    Manifest.Softmax softmax = fit.softmax();
    Calibration calibrated = Calibration.of(softmax.temperature(), softmax.size());
    SortedMap<String, Double> figures = new TreeMap<>();
    figures.put("heldOut.episodes", (double) episodes.size());
    figures.put("heldOut.accuracy", rounded(fit.accuracy()));
    figures.put("heldOut.accuracyOfPrototypes", rounded(fit.prototypeAccuracy()));
    figures.put("heldOut.crossEntropy", rounded(fit.crossEntropy(calibrated)));
    figures.put("heldOut.calibrationError", rounded(fit.calibrationError(calibrated)));
    figures.put("heldOut.safeguarded", (double) fit.safeguarded());
    Optional<Manifest.Scope> scope = scopeFit.scope();
    scope.ifPresent(
        fitted -> {
          figures.put("scope.tasks", (double) scopeTasks.size());
          figures.put("scope.auroc", rounded(scopeFit.area()));
          figures.put("scope.calibrationError", rounded(scopeFit.calibrationError(fitted)));
        });
    Manifest.Softmax calibration =
        new Manifest.Softmax(softmax.temperature(), softmax.size(), scope.orElse(null));
    Manifest manifest = write(files, plan, calibration, figures);
    load(true).close();
    return manifest;
  }

  private Bundle load(boolean warmUp) {
    return Bundle.load(
        directory.toString(), BundleOptions.defaults().withEncodedFeatures().withWarmUp(warmUp));
  }

  private Manifest write(
      Map<String, byte[]> files,
      IntegrationPlan plan,
      Manifest.Softmax calibration,
      SortedMap<String, Double> figures) {
    try {
      return BundleWriter.write(
          directory,
          files,
          hashes ->
              new Manifest(
                  Manifest.FORMAT_VERSION,
                  naming.name(),
                  naming.description(),
                  FeatureDimension.any(),
                  Manifest.EULER,
                  plan.steps(),
                  plan.horizon(),
                  Buckets.standard(),
                  new Manifest.InitialHead(
                      "prototype",
                      plan.initialScale(),
                      plan.initialBias().name().toLowerCase(Locale.ROOT).replace('_', '-')),
                  calibration,
                  inputs.encoder().orElse(null),
                  inputs.blocks().orElse(null),
                  hashes,
                  origin.apply(figures),
                  naming.licence()));
    } catch (IOException e) {
      throw new UncheckedIOException(directory + ": expected to be writable, found: " + e, e);
    }
  }

  /** Four digits after the point are more than a run of training is worth. */
  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
