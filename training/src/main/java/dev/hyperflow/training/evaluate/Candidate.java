package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A bundle under evaluation, as it is and, on demand, on other grids. These follow the same drift
 * for fewer or more steps of the bundle's own length. Owns the bundles it opens.
 */
final class Candidate implements AutoCloseable {

  /** Grids that the report compares. */
  static final List<Integer> GRIDS = List.of(1, 2, 4, 8, 16, 50);

  private static final BundleOptions OPTIONS =
      BundleOptions.defaults().withEncodedFeatures().withWarmUp(false);

  private final BundleFiles files;
  private final Bundle bundle;
  private final List<Bundle> variants = new ArrayList<>();

  private Candidate(BundleFiles files, Bundle bundle) {
    this.files = files;
    this.bundle = bundle;
  }

  /**
   * Opens a bundle.
   *
   * @param location as in {@link Bundle#load}
   * @throws dev.hyperflow.models.BundleException if it cannot be used
   */
  static Candidate open(String location) {
    return new Candidate(BundleFiles.read(location), Bundle.load(location, OPTIONS));
  }

  String name() {
    return bundle.manifest().name();
  }

  /** The name of a bundle's variant on a grid. */
  static String name(String bundle, int steps) {
    return bundle + " in " + steps + (steps == 1 ? " step" : " steps");
  }

  Bundle bundle() {
    return bundle;
  }

  /** Number of the first columns that the bundle takes of features of two blocks. */
  int dimension(int features) {
    return Math.min(features, bundle.manifest().usualDimension(features));
  }

  Contender contender() {
    return new BundleContender(name(), bundle);
  }

  /** The variants on all {@link #GRIDS}. */
  List<Contender> onGrids() {
    List<Contender> contenders = new ArrayList<>();
    for (int steps : GRIDS) {
      Bundle variant = variant(steps);
      variants.add(variant);
      contenders.add(new BundleContender(name(name(), steps), variant));
    }
    return contenders;
  }

  private Bundle variant(int steps) {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("hyperflow-evaluate");
      Manifest own = files.manifest();
      SortedMap<String, byte[]> content = files.content();
      content.put(
          Manifest.INTEGRATE, IntegrateGraph.build(content.get(Manifest.DRIFT), plan(own, steps)));
      BundleWriter.write(directory, content, hashes -> onGrid(own, steps, hashes));
      return Bundle.load(directory.toString(), OPTIONS);
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary bundle cannot be written: " + e, e);
    } finally {
      delete(directory);
    }
  }

  private static IntegrationPlan plan(Manifest own, int steps) {
    IntegrationPlan plan = IntegrationPlan.of(own);
    return new IntegrationPlan(
        steps, (float) horizon(own, steps), plan.initialScale(), plan.initialBias(), plan.blocks());
  }

  /** A longer step than a flow was made for would say something of the step, not of the flow. */
  private static double horizon(Manifest own, int steps) {
    return own.horizon() / own.steps() * steps;
  }

  private static Manifest onGrid(Manifest own, int steps, SortedMap<String, String> hashes) {
    return new Manifest(
        own.formatVersion(),
        own.name(),
        own.description(),
        own.featureDimension(),
        own.integrator(),
        steps,
        horizon(own, steps),
        own.buckets(),
        own.initialHead(),
        own.calibration(),
        null,
        own.blocks(),
        hashes,
        own.provenance(),
        own.licence());
  }

  private static void delete(Path directory) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + ": expected to be deleted: " + e, e);
    }
  }

  @Override
  public void close() {
    variants.forEach(Bundle::close);
    bundle.close();
  }
}
