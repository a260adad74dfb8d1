package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Short texts through the shipped encoder, one thread; the time is that of the whole list. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  @Param({"1", "8", "32"})
  private int batch;

  private Bundle bundle;
  private Encoder encoder;
  private List<String> texts;

  /** Loads the bundle. */
  @Setup
  public void load() {
    bundle = Bundle.load(ShippedBundles.ANALYTIC, BundleOptions.defaults().withWarmUp(false));
    encoder = bundle.encoder().orElseThrow();
    texts = SampleTexts.of(batch);
  }

  /** Encodes the list. */
  @Benchmark
  public float[][] encode() {
    return encoder.encode(texts);
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    bundle.close();
  }
}
