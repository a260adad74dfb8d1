package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How labels share the budget of a tenant, against references that know all that came. */
class BudgetProperties {
  private static final String TENANT = "t";
  private static final int MANY_LABELS = 8;
  private static final FeatureVector FEATURES = FeatureVector.of(new float[] {1, 2});

  /** An example, or a description, that comes. */
  private record Coming(String id, String label, boolean description) {}

  @Property(tries = 500)
  void shouldKeepTheSameReservoirForEveryOrderOfArrival(
      @ForAll("coming") List<Coming> coming,
      @ForAll @IntRange(min = 1, max = 20) int budget,
      @ForAll @IntRange(min = 1, max = 8) int perLabel,
      @ForAll Random random) {
    List<Coming> shuffled = new ArrayList<>(coming);
    Collections.shuffle(shuffled, random);
    InMemoryTenantStore store = new InMemoryTenantStore();
    SupportMemory memory = memory(store, RingPolicy.RESERVOIR, perLabel, budget);

    shuffled.forEach(next -> remember(memory, next));

    assertThat(kept(memory)).isEqualTo(waterFilled(coming, perLabel, budget));
    assertIsWhole(store);
  }

  @Property(tries = 500)
  void shouldKeepTheNewestOfEachLabel(
      @ForAll("coming") List<Coming> coming,
      @ForAll @IntRange(min = 1, max = 20) int budget,
      @ForAll @IntRange(min = 1, max = 8) int perLabel) {
    InMemoryTenantStore store = new InMemoryTenantStore();
    SupportMemory memory = memory(store, RingPolicy.NEWEST, perLabel, budget);

    coming.forEach(next -> remember(memory, next));

    assertThat(kept(memory)).isEqualTo(newest(coming, perLabel, budget));
    assertIsWhole(store);
  }

  @Property(tries = 300)
  void shouldKeepTheSameReservoirInStateOfThePolicyNewest(
      @ForAll("coming") List<Coming> coming,
      @ForAll @IntRange(min = 1, max = 20) int budget,
      @ForAll Random random) {
    InMemoryTenantStore store = new InMemoryTenantStore();
    int before = Math.min(coming.size(), random.nextInt(budget + 1));
    SupportMemory newest = memory(store, RingPolicy.NEWEST, budget, budget);
    coming.subList(0, before).forEach(next -> remember(newest, next));
    SupportMemory reservoir = memory(store, RingPolicy.RESERVOIR, budget, budget);

    coming.subList(before, coming.size()).forEach(next -> remember(reservoir, next));

    assertThat(kept(reservoir)).isEqualTo(waterFilled(coming, budget, budget));
    assertIsWhole(store);
  }

  @Property(tries = 300)
  void shouldForgetExactlyWhatIsRetractedFromAFullMemory(
      @ForAll("coming") List<Coming> coming,
      @ForAll RingPolicy policy,
      @ForAll @IntRange(min = 1, max = 20) int budget,
      @ForAll Random random) {
    InMemoryTenantStore store = new InMemoryTenantStore();
    SupportMemory memory = memory(store, policy, budget, budget);
    coming.forEach(next -> remember(memory, next));
    List<String> left = new ArrayList<>();
    kept(memory).values().forEach(left::addAll);
    Collections.shuffle(left, random);

    while (!left.isEmpty()) {
      memory.retract(TENANT, left.remove(0), 0);

      List<String> now = new ArrayList<>();
      kept(memory).values().forEach(now::addAll);
      assertThat(now).containsExactlyInAnyOrderElementsOf(left);
      assertIsWhole(store);
    }
  }

  @Property(tries = 500)
  void shouldKeepOfMergedLabelsWhatOneLabelWouldHaveKept(
      @ForAll("coming") List<Coming> coming,
      @ForAll RingPolicy policy,
      @ForAll @IntRange(min = 1, max = 8) int perLabel,
      @ForAll Random random) {
    // Given labels that share no budget, of which two become one in the middle
    int roomy = 1_000;
    List<Coming> examples = coming.stream().filter(next -> !next.description()).toList();
    int middle = random.nextInt(examples.size() + 1);
    InMemoryTenantStore store = new InMemoryTenantStore();
    SupportMemory merged = memory(store, policy, perLabel, roomy);
    SupportMemory told = memory(new InMemoryTenantStore(), policy, perLabel, roomy);

    // When
    for (int i = 0; i < examples.size(); i++) {
      if (i == middle) {
        merged.mergeLabels(TENANT, "label-1", "label-2", i);
      }
      Coming next = examples.get(i);
      Coming one = next.label().equals("label-1") ? new Coming(next.id(), "label-2", false) : next;
      add(merged, i < middle ? next : one, i);
      add(told, one, i);
    }
    merged.mergeLabels(TENANT, "label-1", "label-2", examples.size());

    // Then
    assertThat(kept(merged)).isEqualTo(kept(told));
    assertThat(merged.meta(TENANT).fingerprint()).isEqualTo(told.meta(TENANT).fingerprint());
    assertIsWhole(store);
  }

  @Property(tries = 300)
  void shouldKeepAllBoundsWhenLabelsAreMerged(
      @ForAll("coming") List<Coming> coming,
      @ForAll RingPolicy policy,
      @ForAll @IntRange(min = 1, max = 20) int budget,
      @ForAll @IntRange(min = 1, max = 8) int perLabel,
      @ForAll Random random) {
    InMemoryTenantStore store = new InMemoryTenantStore();
    SupportMemory memory = memory(store, policy, perLabel, budget);

    for (Coming next : coming) {
      remember(memory, next);
      if (random.nextInt(4) == 0) {
        String from = "label-" + random.nextInt(MANY_LABELS);
        String into = "label-" + random.nextInt(MANY_LABELS);
        if (random.nextBoolean()) {
          memory.renameLabel(TENANT, from, into, 0);
        } else {
          memory.mergeLabels(TENANT, from, into, 0);
        }
      }

      long descriptions = memory.meta(TENANT).rings().stream().filter(LabelRing::described).count();
      assertThat(memory.meta(TENANT).examples())
          .isLessThanOrEqualTo((int) Math.max(budget, descriptions));
      for (LabelRing ring : memory.meta(TENANT).rings()) {
        assertThat(ring.places()).hasSizeLessThanOrEqualTo(perLabel);
        assertThat(ring.places()).allMatch(place -> place < perLabel);
      }
      assertIsWhole(store);
    }
  }

  @Test
  void shouldOrderAReservoirByArrivalWhenThePolicyBecomesNewest() {
    InMemoryTenantStore store = new InMemoryTenantStore();
    SupportMemory reservoir = memory(store, RingPolicy.RESERVOIR, 100, 100);
    for (int i = 0; i < 50; i++) {
      add(reservoir, new Coming("e" + i, "a", false), i);
    }
    SupportMemory newest = memory(store, RingPolicy.NEWEST, 100, 50);

    for (int i = 50; i < 60; i++) {
      add(newest, new Coming("e" + i, "a", false), i);
    }

    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 60; i++) {
      expected.add("e" + i);
    }
    assertThat(kept(newest).get("a")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldReadFewExamplesForOneMoreInAFullMemory() {
    int budget = 1_024;
    for (RingPolicy policy : RingPolicy.values()) {
      CountingStore store = new CountingStore();
      SupportMemory memory = memory(store, policy, budget, budget);
      for (int i = 0; i < 4 * budget; i++) {
        store.reads = 0;
        add(memory, new Coming("e" + i, i % 3 == 0 ? "a" : "b", false), i);
        assertThat(store.reads).isLessThanOrEqualTo(14);
      }
    }
  }

  @Test
  void shouldReadARingInTheOrderOfTheOtherPolicyOnce() {
    int budget = 256;
    for (RingPolicy policy : RingPolicy.values()) {
      CountingStore store = new CountingStore();
      RingPolicy other = policy == RingPolicy.NEWEST ? RingPolicy.RESERVOIR : RingPolicy.NEWEST;
      SupportMemory before = memory(store, other, budget, budget);
      for (int i = 0; i < budget; i++) {
        add(before, new Coming("e" + i, "a", false), i);
      }
      SupportMemory after = memory(store, policy, budget, budget);

      store.reads = 0;
      for (int i = budget; i < 2 * budget; i++) {
        add(after, new Coming("e" + i, "a", false), i);
      }

      assertThat(store.reads).isLessThanOrEqualTo(13 * budget);
      store.reads = 0;
      add(after, new Coming("last", "a", false), 2L * budget);
      assertThat(store.reads).isLessThanOrEqualTo(12);
    }
  }

  private static final class CountingStore extends ForwardingTenantStore {
    private int reads;

    CountingStore() {
      super(new InMemoryTenantStore());
    }

    @Override
    public Optional<Example> example(String tenant, Slot slot) {
      reads++;
      return super.example(tenant, slot);
    }
  }

  @Provide
  Arbitrary<List<Coming>> coming() {
    return Arbitraries.integers()
        .between(0, 2 * MANY_LABELS * MANY_LABELS)
        .list()
        .ofMaxSize(60)
        .map(
            numbers -> {
              List<Coming> coming = new ArrayList<>();
              List<String> described = new ArrayList<>();
              for (int number : numbers) {
                // Squares make some labels frequent and others rare.
                String label = "label-" + (int) Math.sqrt(number / 2.0);
                boolean description = number % 11 == 0 && !described.contains(label);
                if (description) {
                  described.add(label);
                }
                coming.add(new Coming("id" + coming.size(), label, description));
              }
              return coming;
            });
  }

  /** The level up to which the budget fills all labels, and the lowest ranks of each. */
  private static Map<String, List<String>> waterFilled(
      List<Coming> coming, int perLabel, int budget) {
    Map<String, List<String>> kept = new TreeMap<>();
    for (Coming next : coming) {
      if (!next.description()) {
        kept.computeIfAbsent(next.label(), label -> new ArrayList<>()).add(next.id());
      }
    }
    Comparator<String> byRank =
        (one, other) ->
            Long.compareUnsigned(RingPolicy.rank(TENANT, one), RingPolicy.rank(TENANT, other));
    kept.values().forEach(ids -> ids.sort(byRank));
    kept.values().forEach(ids -> ids.subList(Math.min(ids.size(), perLabel), ids.size()).clear());
    int room = budget - (int) coming.stream().filter(Coming::description).count();
    while (examples(kept) > Math.max(0, room)) {
      List<String> fullest = fullest(kept);
      fullest.remove(fullest.size() - 1);
    }
    return sorted(kept);
  }

  private static Map<String, List<String>> newest(List<Coming> coming, int perLabel, int budget) {
    Map<String, List<String>> kept = new TreeMap<>();
    int descriptions = 0;
    for (Coming next : coming) {
      if (next.description()) {
        descriptions++;
      } else {
        List<String> ids = kept.computeIfAbsent(next.label(), label -> new ArrayList<>());
        ids.add(next.id());
        ids.subList(0, Math.max(0, ids.size() - perLabel)).clear();
      }
      while (examples(kept) > Math.max(0, budget - descriptions)) {
        fullest(kept).remove(0);
      }
    }
    return sorted(kept);
  }

  /** Of several, the first by name. */
  private static List<String> fullest(Map<String, List<String>> kept) {
    List<String> fullest = List.of();
    for (List<String> ids : kept.values()) {
      fullest = ids.size() > fullest.size() ? ids : fullest;
    }
    return fullest;
  }

  private static int examples(Map<String, List<String>> kept) {
    return kept.values().stream().mapToInt(List::size).sum();
  }

  private static Map<String, List<String>> sorted(Map<String, List<String>> kept) {
    kept.values().removeIf(List::isEmpty);
    kept.values().forEach(Collections::sort);
    return kept;
  }

  /** The ids of the remembered examples, descriptions apart. */
  private static Map<String, List<String>> kept(SupportMemory memory) {
    LabelledExamples examples = memory.examples(TENANT);
    Map<String, List<String>> kept = new TreeMap<>();
    for (LabelledExamples.Entry entry : examples.entries()) {
      if (!entry.example().eventId().startsWith("description")) {
        kept.computeIfAbsent(examples.labels().get(entry.row()), label -> new ArrayList<>())
            .add(entry.example().eventId());
      }
    }
    return kept;
  }

  private static void assertIsWhole(TenantStore store) {
    assertThat(Remains.of(store, TENANT).areWhole(store.meta(TENANT))).isTrue();
  }

  private static void remember(SupportMemory memory, Coming coming) {
    if (coming.description()) {
      memory.describe(
          new Event.Describe(
              TENANT,
              0,
              "description-" + coming.id(),
              coming.label(),
              ExampleTerms.ORDINARY,
              new Payload.Features(FEATURES)),
          FEATURES);
    } else {
      add(memory, coming, 0);
    }
  }

  private static void add(SupportMemory memory, Coming coming, long timeMillis) {
    memory.add(
        new Event.Add(
            TENANT,
            timeMillis,
            coming.id(),
            coming.label(),
            ExampleTerms.ORDINARY,
            new Payload.Features(FEATURES)),
        FEATURES);
  }

  private static SupportMemory memory(
      TenantStore store, RingPolicy policy, int perLabel, int budget) {
    return new SupportMemory(
        store,
        new MemorySettings(2 * MANY_LABELS, perLabel, budget, policy, FeaturePrecision.FLOAT16, 1),
        "");
  }
}
