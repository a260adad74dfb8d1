package dev.hyperflow.engine.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Fingerprint;
import dev.hyperflow.engine.event.Payload;
import dev.hyperflow.engine.event.Reason;
import dev.hyperflow.engine.event.Rejection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SupportMemoryTest {
  private static final int EXAMPLES_PER_LABEL = 3;

  private final InMemoryTenantStore store = new InMemoryTenantStore();
  private final SupportMemory memory =
      new SupportMemory(store, new MemoryLimits(2, EXAMPLES_PER_LABEL));

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
  void shouldUseThePlaceOfARetractedExampleBeforeDisplacingAnother() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);
    memory.retract("t", "e2");
    add("e4", "red", 4);

    assertThat(ids()).containsExactly("e1", "e3", "e4");
  }

  @Test
  void shouldMakeRoomWhenTheMemoryWasShrunk() {
    add("e1", "red", 1);
    add("e2", "red", 2);
    add("e3", "red", 3);

    SupportMemory smaller = new SupportMemory(store, new MemoryLimits(2, 1));
    smaller.add(event("e4", "red"), features(4));

    assertThat(ids()).containsExactly("e4");
  }

  @Test
  void shouldLeaveNoTraceOfARefusedExample() {
    add("e1", "red", 1);
    add("e2", "blue", 1);
    int entries = store.entries();
    TenantMeta before = memory.meta("t");

    Optional<Rejection> tooMany = memory.add(event("e3", "green"), features(1));
    Optional<Rejection> replacing = memory.add(event("e1", "red"), FeatureVector.of(new float[3]));

    assertThat(tooMany.map(Rejection::reason)).contains(Reason.TOO_MANY_LABELS);
    assertThat(replacing.map(Rejection::reason)).contains(Reason.WRONG_DIMENSION);
    assertThat(store.entries()).isEqualTo(entries);
    assertThat(memory.meta("t")).isSameAs(before);
  }

  @Test
  void shouldTakeANewLabelInThePlaceOfOneThatLostItsLastExample() {
    add("e1", "red", 1);
    add("e2", "blue", 1);
    memory.retract("t", "e1");

    assertThat(memory.add(event("e3", "green"), features(1))).isEmpty();
    assertThat(memory.examples("t").labels()).containsExactly("blue", "green");
  }

  @Test
  void shouldComeBackToTheEmptyFingerprint() {
    add("e1", "red", 1);
    add("e2", "blue", 2);
    assertThat(memory.meta("t").fingerprint()).isNotEqualTo(Fingerprint.EMPTY);

    memory.retract("t", "e2");
    memory.forgetLabel("t", "red");

    assertThat(memory.meta("t").fingerprint()).isEqualTo(Fingerprint.EMPTY);
    assertThat(memory.meta("t").dimension()).isZero();
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
    assertThat(memory.add(event(id, label), features(value))).isEmpty();
  }

  private java.util.List<String> ids() {
    return memory.examples("t").entries().stream().map(e -> e.example().eventId()).toList();
  }

  private static Event.Add event(String id, String label) {
    return new Event.Add("t", 0, id, label, 1, new Payload.Features(features(0)));
  }

  private static FeatureVector features(float first) {
    return FeatureVector.of(new float[] {first, 1});
  }
}
