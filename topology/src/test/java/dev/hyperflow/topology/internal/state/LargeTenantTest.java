package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.Engine;
import dev.hyperflow.engine.internal.EnginePorts;
import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.QuerySettings;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.TenantCache;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.HealingTenantStore;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest tenant that there may be, on real RocksDB stores. */
class LargeTenantTest {
  private static final int LABELS = 150;
  private static final int EXAMPLES_PER_LABEL = 64;
  private static final int DIMENSION = 768;
  private static final int MAX_RECORD_BYTES = 64 * 1024;
  private static final int MAX_META_BYTES = 32 * 1024;
  private static final MemorySettings MEMORY =
      new MemorySettings(
          LABELS,
          EXAMPLES_PER_LABEL,
          LABELS * EXAMPLES_PER_LABEL,
          RingPolicy.NEWEST,
          FeaturePrecision.FLOAT32,
          1);

  @TempDir Path directory;
  private RocksDbStores stores;
  private KeyValueStore<Bytes, byte[]> memory;
  private KeyValueStore<Bytes, byte[]> meta;
  private KeyValueStore<Bytes, byte[]> index;
  private KeyValueStore<Bytes, byte[]> queries;
  private KeyValueStore<Bytes, byte[]> activity;

  @BeforeEach
  void openStores() {
    stores = new RocksDbStores(directory);
    memory = stores.open("memory");
    meta = stores.open("meta");
    index = stores.open("index");
    queries = stores.open("queries");
    activity = stores.open("activity");
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @Test
  void shouldKeepEveryLoggedRecordFarBelowTheLimitOfABroker() {
    // Given a tenant with as many labels and examples as fit, and long names
    Engine engine = engine();
    Random random = new Random(7);
    for (int label = 0; label < LABELS; label++) {
      List<Event> batch = new ArrayList<>();
      for (int i = 0; i < EXAMPLES_PER_LABEL; i++) {
        batch.add(add(label, i, random));
      }
      assertThat(engine.process(batch)).allMatch(Output.Applied.class::isInstance);
    }

    // When it asks
    List<Output> outputs =
        engine.process(List.of(new Event.Query(TENANT, 0, "q", features(random))));

    // Then it is answered with all of them, and nothing stored is large
    assertThat(outputs)
        .filteredOn(Output.Answer.class::isInstance)
        .singleElement()
        .satisfies(
            answer ->
                assertThat(((Output.Answer) answer).support())
                    .extracting("examples", "labels")
                    .containsExactly(LABELS * EXAMPLES_PER_LABEL, LABELS));
    assertThat(sizes(memory)).hasSize(LABELS * EXAMPLES_PER_LABEL);
    assertThat(sizes(index)).hasSize(LABELS * EXAMPLES_PER_LABEL);
    assertThat(sizes(queries)).hasSize(1);
    for (KeyValueStore<Bytes, byte[]> store : List.of(memory, index, queries, activity)) {
      assertThat(sizes(store)).allMatch(size -> size < MAX_RECORD_BYTES / 8);
    }
    assertThat(sizes(meta)).singleElement().matches(size -> size < MAX_META_BYTES);
  }

  private static final String TENANT = "tenant-" + "x".repeat(57);

  private static Event add(int label, int i, Random random) {
    return new Event.Add(
        TENANT,
        0,
        "event-%03d-%03d-%s".formatted(label, i, "x".repeat(48)),
        "label-%03d-%s".formatted(label, "x".repeat(54)),
        ExampleTerms.ORDINARY,
        features(random));
  }

  private static Payload features(Random random) {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return new Payload.Features(FeatureVector.of(values));
  }

  /** The bytes of key and value together, of every record. */
  private static List<Integer> sizes(KeyValueStore<Bytes, byte[]> store) {
    List<Integer> sizes = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        sizes.add(entry.key.get().length + entry.value.length);
      }
    }
    return sizes;
  }

  private Engine engine() {
    TenantStore tenants =
        new TenantCache(() -> 1)
            .tenants(
                new HealingTenantStore(
                    new KafkaTenantStore(memory, meta, index, FeaturePrecision.FLOAT32),
                    tenant -> {
                      throw new AssertionError("expected a whole memory of tenant " + tenant);
                    }));
    KafkaActivityStore active = new KafkaActivityStore(activity);
    return new Engine(
        new EngineSettings(
            new Limits(64, 64, 200, DIMENSION, 100),
            MEMORY,
            new QuerySettings(Consistency.FRESH, 100, 1_000, 4),
            new ScoreSettings(3, 0),
            QualitySettings.defaults(),
            10),
        new AdaptationModel(
            "bundle",
            Optional.empty(),
            OptionalInt.of(DIMENSION),
            new FirstExamples(),
            Calibration.of(1)),
        new EnginePorts(
            tenants,
            new KafkaHeadStore(stores.open("heads")),
            new KafkaRecentQueryStore(queries, FeaturePrecision.FLOAT32),
            active,
            active,
            active));
  }

  /** Makes each label's row from its first example, which is cheap. */
  private static final class FirstExamples implements HeadIntegrator {
    @Override
    public int maxLabels() {
      return LABELS;
    }

    @Override
    public int maxExamples() {
      return LABELS * EXAMPLES_PER_LABEL;
    }

    @Override
    public List<Integration> integrate(List<SupportSet> tasks) {
      return tasks.stream().map(FirstExamples::integrate).toList();
    }

    private static Integration integrate(SupportSet task) {
      float[] weights = new float[task.labels() * (task.dimension() + 1)];
      for (int i = task.examples() - 1; i >= 0; i--) {
        System.arraycopy(
            task.features(i), 0, weights, task.label(i) * (task.dimension() + 1), task.dimension());
      }
      Head head = Head.of(task.labels(), task.dimension(), weights);
      return new Integration(head, head, Trace.of(new float[4]), false);
    }

    @Override
    public void close() {}
  }
}
