package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.ForwardingTenantStore;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.topology.internal.state.ExampleLayout;
import dev.hyperflow.topology.internal.state.TenantMetaLayout;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One more example of 384 features in a full memory, with the bytes that it writes. */
public class RememberBenchmark extends MicroBenchmark {
  private static final FeatureVector FEATURES = FeatureVector.of(Samples.VECTORS.get(0));

  @Param({"10", "200", "1000"})
  private int labels;

  @Param({"NEWEST", "RESERVOIR"})
  private RingPolicy policy;

  @Param({"1024", "4096"})
  private int budget;

  private final Random random = new Random(1);
  private final EncodingStore store = new EncodingStore();
  private SupportMemory memory;
  private long events;

  /** Fills the memory, each label once and then some labels more often than others. */
  @Setup
  public void fill() {
    memory =
        new SupportMemory(
            store,
            new MemorySettings(
                MemorySettings.MAX_LABELS_PER_TENANT,
                MemorySettings.MAX_EXAMPLES_PER_LABEL,
                budget,
                policy,
                FeaturePrecision.FLOAT16,
                1),
            "");
    for (int i = 0; i < 2 * budget; i++) {
      add();
    }
  }

  /** An example of a random label; gives the number of bytes so far. */
  @Benchmark
  public long add() {
    long event = events++;
    long label =
        event < labels ? event : (long) (labels * random.nextDouble() * random.nextDouble());
    Event.Add added =
        new Event.Add(
            "tenant",
            event,
            "event-" + event,
            "the label of number " + label,
            ExampleTerms.ORDINARY,
            new Payload.Features(FEATURES));
    memory.add(added, FEATURES);
    return store.bytes;
  }

  /** Makes the bytes that a durable store would write. */
  private static final class EncodingStore extends ForwardingTenantStore {
    private long bytes;

    EncodingStore() {
      super(new InMemoryTenantStore());
    }

    @Override
    public void putMeta(String tenant, TenantMeta meta) {
      bytes += TenantMetaLayout.value(meta).length;
      super.putMeta(tenant, meta);
    }

    @Override
    public void putExample(String tenant, Slot slot, Example example) {
      bytes += ExampleLayout.value(example, FeaturePrecision.FLOAT16).length;
      super.putExample(tenant, slot, example);
    }
  }
}
