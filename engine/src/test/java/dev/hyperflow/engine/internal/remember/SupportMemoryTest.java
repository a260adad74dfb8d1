package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SupportMemoryTest {
  private static final int EXAMPLES_PER_LABEL = 3;
  private static final int MANY = 40;

  private final InMemoryTenantStore store = new InMemoryTenantStore();
  private final SupportMemory memory = memory(EXAMPLES_PER_LABEL, 100, RingPolicy.NEWEST);

  @Test
  void shouldReplaceAnExampleOfTheSameEventId() {
    add("e1", "red", 1);
    add("e1", "blue", 2);

    LabelledExamples examples = memory.examples("t");

    assertThat(examples.labels()).containsExactly("blue");
    assertThat(examples.entries()).hasSize(1);
    assertThat(examples.entries().get(0).example().features().get(0)).isEqualTo(2);
    assertThat(examples.meta().events()).isEqualTo(2);
  }

  @Test
  void shouldDisplaceTheOldestArrivalWhenARingIsFull() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);
    add("e4", "red", 4);

    assertThat(ids()).containsExactly("e2", "e3", "e4");
    assertThat(store.slotOf("t", "e1")).isEmpty();
  }

  @Test
  void shouldNotMakeADuplicateYounger() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);
    assertThat(add(memory, "e1", "red", features(1)))
        .isEqualTo(new MemoryChange.Unchanged(Reason.DUPLICATE));
    add("e4", "red", 4);

    assertThat(ids()).containsExactly("e2", "e3", "e4");
  }

  @Test
  void shouldMakeAReplacedExampleYounger() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);
    add("e1", "red", 9);
    add("e4", "red", 4);

    assertThat(ids()).containsExactly("e1", "e3", "e4");
  }

  @Test
  void shouldMakeRoomInTheFullestLabelWhenTheTenantHoldsTooMany() {
    SupportMemory bounded = memory(EXAMPLES_PER_LABEL, 4, RingPolicy.NEWEST);
    for (String id : List.of("r1", "r2", "r3", "b1")) {
      add(bounded, id, id.startsWith("r") ? "red" : "blue", features(1));
    }

    add(bounded, "b2", "blue", features(1));
    assertThat(ids()).containsExactly("b1", "b2", "r2", "r3");

    add(bounded, "b3", "blue", features(1));
    assertThat(ids()).containsExactly("b2", "b3", "r2", "r3");
  }

  @Test
  void shouldKeepASampleThatDoesNotDependOnTheOrderOfArrival() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ids.add("e" + i);
    }
    sampled(ids);
    List<String> sample = ids();
    assertThat(sample).hasSize(EXAMPLES_PER_LABEL);

    for (int seed = 0; seed < 20; seed++) {
      memory.forgetTenant("t");
      Collections.shuffle(ids, new Random(seed));
      sampled(ids);
      assertThat(ids()).isEqualTo(sample);
    }
  }

  @Test
  void shouldKeepEveryExampleWithAboutTheSameProbability() {
    int tenants = 2_000;
    Map<String, Integer> kept = new HashMap<>();
    for (int tenant = 0; tenant < tenants; tenant++) {
      String name = "tenant-" + tenant;
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        ids.add("e" + i);
      }
      ids.sort((a, b) -> Long.compareUnsigned(RingPolicy.rank(name, a), RingPolicy.rank(name, b)));
      ids.subList(0, EXAMPLES_PER_LABEL).forEach(id -> kept.merge(id, 1, Integer::sum));
    }

    // Six standard deviations of a binomial distribution around its mean.
    double mean = (double) tenants * EXAMPLES_PER_LABEL / MANY;
    double deviation = Math.sqrt(mean * (1 - (double) EXAMPLES_PER_LABEL / MANY));
    assertThat(kept).hasSize(MANY);
    assertThat(kept.values())
        .allSatisfy(count -> assertThat((double) count).isCloseTo(mean, within(6 * deviation)));
  }

  private void sampled(List<String> ids) {
    SupportMemory reservoir = memory(EXAMPLES_PER_LABEL, 100, RingPolicy.RESERVOIR);
    ids.forEach(id -> add(reservoir, id, "red", features(1)));
  }

  @Test
  void shouldUseThePlaceOfARetractedExampleBeforeDisplacingAnother() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);
    memory.retract("t", "e2", 0);
    add("e4", "red", 4);

    assertThat(ids()).containsExactly("e1", "e3", "e4");
  }

  @Test
  void shouldMakeRoomWhenTheMemoryWasShrunk() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);

    SupportMemory smaller = memory(1, 100, RingPolicy.NEWEST);
    add(smaller, "e4", "red", features(4));

    assertThat(ids()).containsExactly("e4");
  }

  @Test
  void shouldLeaveNoTraceOfARefusedExample() {
    add("e1", "red", 1);
    add("e2", "blue", 1);
    int entries = store.entries();
    TenantMeta before = memory.meta("t");

    MemoryChange tooMany = add(memory, "e3", "green", features(1));
    MemoryChange replacing = add(memory, "e1", "red", FeatureVector.of(new float[3]));

    assertThat(reason(tooMany)).isEqualTo(Reason.TOO_MANY_LABELS);
    assertThat(reason(replacing)).isEqualTo(Reason.WRONG_DIMENSION);
    assertThat(store.entries()).isEqualTo(entries);
    assertThat(memory.meta("t")).isSameAs(before);
  }

  @Test
  void shouldTakeANewLabelInThePlaceOfOneThatLostItsLastExample() {
    add("e1", "red", 1);
    add("e2", "blue", 1);
    memory.retract("t", "e1", 0);

    add("e3", "green", 1);
    assertThat(memory.examples("t").labels()).containsExactly("blue", "green");
  }

  @Test
  void shouldComeBackToTheEmptyFingerprint() {
    add("e1", "red", 1);
    add("e2", "blue", 2);
    assertThat(memory.meta("t").fingerprint()).isNotEqualTo(Fingerprint.EMPTY);

    memory.retract("t", "e2", 0);
    memory.forgetLabel("t", "red", 0);

    assertThat(memory.meta("t").fingerprint()).isEqualTo(Fingerprint.EMPTY);
    assertThat(memory.meta("t").dimension()).isZero();
  }

  @Test
  void shouldForgetALabelOfANameThatAnEarlierVersionRemembered() {
    rememberedEarlier("e1", "red ");
    add("e2", "red", 2);
    assertThat(memory.examples("t").labels()).containsExactly("red", "red ");

    memory.forgetLabel("t", "red ", 0);

    assertThat(memory.examples("t").labels()).containsExactly("red");
    memory.forgetLabel("t", " red", 0);
    assertThat(memory.examples("t").labels()).isEmpty();
  }

  @Test
  void shouldRetractAnEventOfAnIdThatAnEarlierVersionRemembered() {
    rememberedEarlier("e1 ", "red");
    add("e1", "red", 2);

    memory.retract("t", "e1 ", 0);

    assertThat(ids()).containsExactly("e1");
    memory.retract("t", "e1 ", 0);
    assertThat(ids()).isEmpty();
  }

  /** Writes an example under names that no event has any more. */
  private void rememberedEarlier(String id, String label) {
    FeatureVector features = features(1);
    Example example =
        new Example(
            id,
            0,
            ExampleTerms.ORDINARY,
            ExampleHash.of(id, label, 1, features),
            features,
            Optional.empty());
    LabelRing ring = memory.meta("t").ringOrNew(label);
    Slot slot = new Slot(ring.labelId(), ring.freePlace());
    store.putExample("t", slot, example);
    store.putSlotOf("t", id, slot);
    store.putMeta(
        "t", memory.meta("t").withExample(ring.with(slot.place()), example, "").withEvent(0));
  }

  @Test
  void shouldHashIdLabelWeightAndFeatures() {
    // Golden: the layout under the hash is part of every fingerprint ever written.
    Fingerprint hash =
        ExampleHash.of("event-1", "red", 1.5f, FeatureVector.of(new float[] {0.25f, -1f}));

    assertThat(hash.toHex()).isEqualTo(GOLDEN_HASH);
  }

  private static final String GOLDEN_HASH = "1b4abcc43e73648d14c6acda4d653f0f";

  private void add(String id, String label, float value) {
    assertThat(add(memory, id, label, features(value))).isInstanceOf(MemoryChange.Changed.class);
  }

  private List<String> ids() {
    return memory.examples("t").entries().stream().map(e -> e.example().eventId()).toList();
  }

  private SupportMemory memory(int perLabel, int perTenant, RingPolicy policy) {
    return new SupportMemory(
        store,
        new MemorySettings(2, perLabel, perTenant, policy, FeaturePrecision.FLOAT32, 0.5f),
        "");
  }

  private static MemoryChange add(
      SupportMemory memory, String id, String label, FeatureVector features) {
    return memory.add(
        new Event.Add("t", 0, id, label, ExampleTerms.ORDINARY, new Payload.Features(features)),
        features);
  }

  private static Reason reason(MemoryChange change) {
    return ((MemoryChange.Refused) change).rejection().reason();
  }

  private static FeatureVector features(float first) {
    return FeatureVector.of(new float[] {first, 1});
  }
}
