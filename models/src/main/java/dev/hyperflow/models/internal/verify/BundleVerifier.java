package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.graph.DriftContract;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.verify.Finding.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Examines bundles on the processor. What it tries depends on the manifest alone; the shipped
 * bundle takes well under a minute. For one thread.
 */
public final class BundleVerifier {

  /** All checks of an opened bundle, in the order they run. */
  static final List<BundleCheck<Subject>> CHECKS =
      List.of(
          new StartCheck(),
          new ReferenceCheck(),
          new DeterminismCheck(),
          new PaddingCheck(),
          new NeighbourCheck(),
          new OrderCheck(),
          new LabelOrderCheck(),
          new FiniteCheck(),
          new ExtremesCheck(),
          new LossCheck(),
          new MemoryCheck(),
          new SpeedCheck());

  private final List<BundleCheck<Subject>> checks;
  private final LongSupplier nanoClock;
  private final Consumer<Finding> progress;
  private final List<Finding> findings = new ArrayList<>();

  BundleVerifier(
      List<BundleCheck<Subject>> checks, LongSupplier nanoClock, Consumer<Finding> progress) {
    this.checks = checks;
    this.nanoClock = nanoClock;
    this.progress = progress;
  }

  /**
   * Runs all checks. A check that cannot be run, because an earlier one found the files or the
   * models unusable, is reported as skipped.
   *
   * @param location as for {@link dev.hyperflow.models.internal.bundle.Bundle#load}
   * @param nanoClock nanoseconds from any fixed moment, to measure speed with
   * @param progress is told each finding at once
   */
  public static Report verify(String location, LongSupplier nanoClock, Consumer<Finding> progress) {
    return new BundleVerifier(CHECKS, nanoClock, progress).verify(location);
  }

  Report verify(String location) {
    Optional<BundleFiles> files = read(location);
    boolean drift = contract("drift-contract", files.map(BundleFiles::drift), DriftContract::check);
    boolean integrate =
        contract(
            "integrate-contract",
            files.map(BundleFiles::integrate),
            content -> IntegrateGraph.check(content, files.get().manifest().blocks() != null));
    Optional<Subject> opened = files.filter(f -> drift && integrate).flatMap(this::open);
    if (opened.isEmpty()) {
      if (!(drift && integrate)) {
        skip("opens", "models that open");
      }
      checks.forEach(check -> skip(check.name(), check.expectation()));
    } else {
      try (Subject subject = opened.get()) {
        checks.forEach(check -> add(check.finding(subject)));
      }
    }
    return new Report(location, files.map(BundleFiles::id).orElse(""), findings);
  }

  private Optional<BundleFiles> read(String location) {
    String expected = "a manifest, and files with the hashes it names";
    try {
      BundleFiles files = BundleFiles.read(location);
      add("files", Status.OK, expected, "%s, %s".formatted(files.id(), files.sizes()));
      return Optional.of(files);
    } catch (BundleException e) {
      add("files", Status.FAILED, expected, e.getMessage());
      return Optional.empty();
    }
  }

  private boolean contract(String name, Optional<ByteBuffer> model, Consumer<byte[]> contract) {
    String expected =
        "names, types, ranks and operator set %d to %d"
            .formatted(DriftContract.MIN_OPSET, DriftContract.MAX_OPSET);
    if (model.isEmpty()) {
      skip(name, expected);
      return false;
    }
    byte[] content = new byte[model.get().remaining()];
    model.get().get(content);
    try {
      contract.accept(content);
      add(name, Status.OK, expected, "them");
      return true;
    } catch (IllegalArgumentException e) {
      add(name, Status.FAILED, expected, e.getMessage());
      return false;
    }
  }

  private Optional<Subject> open(BundleFiles files) {
    String expected = "models that open, with the shapes of the manifest";
    try {
      Subject subject = new Subject(files, nanoClock);
      add("opens", Status.OK, expected, "both");
      return Optional.of(subject);
    } catch (BundleException e) {
      add("opens", Status.FAILED, expected, e.getMessage());
      return Optional.empty();
    }
  }

  private void skip(String name, String expected) {
    add(name, Status.SKIPPED, expected, "an earlier failure");
  }

  private void add(String check, Status status, String expected, String found) {
    add(new Finding(check, status, expected, found));
  }

  private void add(Finding finding) {
    findings.add(finding);
    progress.accept(finding);
  }
}
