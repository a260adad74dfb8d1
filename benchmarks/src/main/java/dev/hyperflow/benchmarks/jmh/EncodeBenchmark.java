package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Short texts through the shipped encoder, one thread; the time is that of the whole list. */
public class EncodeBenchmark extends MicroBenchmark {
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
