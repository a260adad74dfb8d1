package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Heads of 20 labels from 100 examples, one thread; the time is that of the whole batch. */
public class IntegrateBenchmark extends MicroBenchmark {
  private static final int LABELS = 20;
  private static final int EXAMPLES = 100;

  @Param({"1", "16"})
  private int batch;

  private Bundle bundle;
  private List<SupportSet> tasks;

  /** Loads the bundle. */
  @Setup
  public void load() {
    bundle =
        Bundle.load(
            ShippedBundles.ANALYTIC,
            BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false));
    tasks =
        IntStream.range(0, batch)
            .mapToObj(i -> Samples.supportSet(LABELS, EXAMPLES, i * EXAMPLES))
            .toList();
  }

  /** Integrates the batch. */
  @Benchmark
  public List<Integration> integrate() {
    return bundle.integrator().integrate(tasks);
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    bundle.close();
  }
}
