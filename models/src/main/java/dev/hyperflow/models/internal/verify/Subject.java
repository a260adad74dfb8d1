package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.onnx.OnnxHeadIntegrator;
import dev.hyperflow.models.internal.onnx.OnnxRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The bundle under examination, opened on the processor. Used by one thread; owns its models. */
final class Subject implements AutoCloseable {

  private static final int DEFAULT_DIMENSION = 384;

  private final BundleFiles files;
  private final LongSupplier nanoClock;
  private final OnnxRuntime runtime;
  private final OnnxHeadIntegrator integrator;
  private final DriftField field;
  private final SampleTasks tasks;
  private final Map<String, Integration> extremes = new LinkedHashMap<>();

  /**
   * Opens the models.
   *
   * @throws dev.hyperflow.models.BundleException if they cannot be opened
   */
  Subject(BundleFiles files, LongSupplier nanoClock) {
    this.files = files;
    this.nanoClock = nanoClock;
    this.runtime = OnnxRuntime.start(BundleOptions.defaults());
    this.tasks =
        new SampleTasks(
            files.manifest().usualDimension(DEFAULT_DIMENSION), files.manifest().buckets());
    this.field = runtime.openDriftField(files.manifest(), files.drift());
    try {
      this.integrator = openIntegrator();
    } catch (Throwable e) {
      try (field) {
        throw e;
      }
    }
  }

  /** One more session over {@code integrate.onnx}, the caller's to close. */
  OnnxHeadIntegrator openIntegrator() {
    return runtime.openIntegrator(files.manifest(), files.integrate(), false);
  }

  Manifest manifest() {
    return files.manifest();
  }

  Buckets buckets() {
    return files.manifest().buckets();
  }

  SampleTasks tasks() {
    return tasks;
  }

  OnnxHeadIntegrator integrator() {
    return integrator;
  }

  DriftField field() {
    return field;
  }

  /** Nanoseconds from any fixed moment. */
  long nanos() {
    return nanoClock.getAsLong();
  }

  /** The largest of the figures of ordinary tasks; 0 if none is above. */
  double largest(ToDoubleFunction<SupportSet> figure) {
    return tasks.ordinary().stream().mapToDouble(figure).reduce(0, Math::max);
  }

  Integration integrate(SupportSet task) {
    return integrator.integrate(List.of(task)).get(0);
  }

  /** The result of an extreme task; integrated once, however many checks look at it. */
  Integration integrateExtreme(String name, SupportSet task) {
    return extremes.computeIfAbsent(name, n -> integrate(task));
  }

  @Override
  public void close() {
    try (field) {
      integrator.close();
    }
  }
}
