package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.topology.internal.state.ExampleLayout;
import dev.hyperflow.topology.internal.state.HeadLayout;
import dev.hyperflow.topology.internal.state.TenantMetaLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What the stores keep, to bytes and back: an example of 384 features, a meta record, a head. */
public class StoreLayoutBenchmark extends MicroBenchmark {
  private static final int EXAMPLES_PER_LABEL = 5;

  @Param({"10", "50"})
  private int labels;

  private final Example example =
      new Example(
          "example-12345",
          1_700_000_000_000L,
          ExampleTerms.ORDINARY,
          new Fingerprint(1, 2),
          FeatureVector.of(Samples.VECTORS.get(0)),
          Optional.empty());
  private TenantMeta meta;
  private AdaptedHead head;
  private byte[] exampleBytes;
  private byte[] metaBytes;
  private byte[] headBytes;

  /** Makes meta record and head. */
  @Setup
  public void make() {
    List<Integer> places = IntStream.range(0, EXAMPLES_PER_LABEL).boxed().toList();
    List<String> names = Samples.labels(labels);
    meta =
        TenantMeta.of(
            new TenantFacts(
                new TenantFacts.Counters(1_000, labels),
                new TenantFacts.Features(Samples.DIMENSION, "encoder@0123456789ab"),
                new Fingerprint(3, 4),
                new TenantFacts.Clock(1_700_000_000_000L, Long.MAX_VALUE),
                TenantSettings.DEFAULTS),
            IntStream.range(0, labels)
                .mapToObj(i -> new LabelRing(i, names.get(i), places, false, RingPolicy.NEWEST))
                .toList());
    head = Samples.head(labels);
    exampleBytes = writeExample();
    metaBytes = writeMeta();
    headBytes = writeHead();
  }

  /** An example to bytes. */
  @Benchmark
  public byte[] writeExample() {
    return ExampleLayout.value(example, FeaturePrecision.FLOAT32);
  }

  /** Bytes to an example. */
  @Benchmark
  public Example readExample() {
    return ExampleLayout.example(exampleBytes);
  }

  /** A meta record to bytes. */
  @Benchmark
  public byte[] writeMeta() {
    return TenantMetaLayout.value(meta);
  }

  /** Bytes to a meta record. */
  @Benchmark
  public TenantMeta readMeta() {
    return TenantMetaLayout.meta(metaBytes);
  }

  /** A head to bytes. */
  @Benchmark
  public byte[] writeHead() {
    return HeadLayout.value(head);
  }

  /** Bytes to a head. */
  @Benchmark
  public AdaptedHead readHead() {
    return HeadLayout.head(headBytes);
  }
}
