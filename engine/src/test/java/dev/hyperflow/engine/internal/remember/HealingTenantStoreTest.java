package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealingTenantStoreTest {
  private static final String TENANT = "t";
  private static final MemorySettings SETTINGS =
      new MemorySettings(5, 4, 20, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1);

  private final InMemoryTenantStore durable = new InMemoryTenantStore();
  private final List<String> healed = new ArrayList<>();
  private SupportMemory memory = restarted();

  @BeforeEach
  void remember() {
    add("r1", "red", 1);
    add("r2", "red", 2);
    add("b1", "blue", 3);
  }

  @Test
  void shouldLeaveAloneWhatIsWhole() {
    TenantMeta before = durable.meta(TENANT);

    memory = restarted();

    assertThat(memory.meta(TENANT)).isSameAs(before);
    assertThat(healed).isEmpty();
  }

  @Test
  void shouldRememberNoTenantOfWhichThereIsNothing() {
    // Given a tenant that nobody knows, and one that is known
    HealingTenantStore healer = new HealingTenantStore(durable, healed::add);
    healer.meta("nobody");
    healer.meta(TENANT);

    // When each has an index entry of no example
    durable.putSlotOf("nobody", "lost", new Slot(7, 7));
    durable.putSlotOf(TENANT, "lost", new Slot(7, 7));
    healer.meta("nobody");
    healer.meta(TENANT);

    // Then the first one was looked at again
    assertThat(healed).containsExactly("nobody");

    // When the second one is forgotten, and has such an entry
    healer.removeTenant(TENANT);
    durable.putSlotOf(TENANT, "lost", new Slot(7, 7));
    healer.meta(TENANT);

    // Then it was looked at again, too
    assertThat(healed).containsExactly("nobody", TENANT);
  }

  @Test
  void shouldDropAnExampleThatTheMetaRecordLostWithItsLabel() {
    TenantMeta before = durable.meta(TENANT);
    add("g1", "green", 4);
    durable.putMeta(TENANT, before);

    memory = restarted();

    assertThat(ids()).containsExactly("b1", "r1", "r2");
    assertThat(durable.slotOf(TENANT, "g1")).isEmpty();
    assertThat(healed).containsExactly(TENANT);
  }

  @Test
  void shouldTakeInAnExampleThatOnlyTheMetaRecordLost() {
    TenantMeta before = durable.meta(TENANT);
    add("r3", "red", 4);
    durable.putMeta(TENANT, before);

    memory = restarted();

    assertThat(ids()).containsExactly("b1", "r1", "r2", "r3");
    add("r3", "red", 4);
    assertThat(ids()).containsExactly("b1", "r1", "r2", "r3");
  }

  @Test
  void shouldFindAnExampleAgainThatOnlyTheIndexLost() {
    durable.removeSlotOf(TENANT, "r2");

    memory = restarted();

    assertThat(memory.retract(TENANT, "r2", 9)).isEqualTo(new MemoryChange.Changed(true, false));
    assertThat(ids()).containsExactly("b1", "r1");
  }

  @Test
  void shouldListNoExampleThatWasLost() {
    durable.removeExample(TENANT, durable.slotOf(TENANT, "b1").orElseThrow());

    memory = restarted();

    assertThat(memory.examples(TENANT).labels()).containsExactly("red");
    assertThat(memory.retract(TENANT, "b1", 9)).isInstanceOf(MemoryChange.Unchanged.class);
    assertThat(ids()).containsExactly("r1", "r2");
  }

  @Test
  void shouldForgetAnExampleOfAnotherLabelWhenTheEventsComeAgain() {
    // Given a tenant that was forgotten and came back, of which only the new example was kept
    TenantMeta before = durable.meta(TENANT);
    memory.forgetTenant(TENANT);
    add("g1", "green", 4); // its label has the number that red had
    durable.putMeta(TENANT, before);

    // When it is met after a restart, and the events come again
    memory = restarted();
    memory.forgetTenant(TENANT);

    // Then nothing is left of it
    assertThat(ids()).isEmpty();
    assertThat(memory.meta(TENANT).fingerprint()).isEqualTo(Fingerprint.EMPTY);
    add("g1", "green", 4);
    assertThat(memory.examples(TENANT).labels()).containsExactly("green");
  }

  @Test
  void shouldKeepTheExamplesOfALabelWhoseNewNameOnlyTheMetaRecordLost() {
    TenantMeta before = durable.meta(TENANT);
    memory.renameLabel(TENANT, "red", "scarlet", 4);
    durable.putMeta(TENANT, before);

    memory = restarted();

    assertThat(memory.meta(TENANT).fingerprint()).isEqualTo(before.fingerprint());
    memory.renameLabel(TENANT, "red", "scarlet", 4);
    assertThat(memory.examples(TENANT).labels()).containsExactly("blue", "scarlet");
    assertThat(ids()).containsExactly("b1", "r1", "r2");
  }

  @Test
  void shouldKeepTheExamplesOfALabelWhoseNewNameOnlyTheyLost() {
    Map<Slot, Example> before = new HashMap<>();
    durable.forEachExample(TENANT, before::put);
    memory.renameLabel(TENANT, "red", "scarlet", 4);
    TenantMeta after = durable.meta(TENANT);
    before.forEach((slot, example) -> durable.putExample(TENANT, slot, example));

    memory = restarted();

    assertThat(memory.meta(TENANT).fingerprint()).isEqualTo(after.fingerprint());
    assertThat(memory.examples(TENANT).labels()).containsExactly("blue", "scarlet");
    assertThat(ids()).containsExactly("b1", "r1", "r2");
  }

  @Test
  void shouldKeepTheExamplesOfALabelThatOnlyTheMetaRecordHasMergedIntoAnother() {
    // Given a merge of which neither the examples nor the index became durable
    Map<Slot, Example> before = new HashMap<>();
    durable.forEachExample(TENANT, before::put);
    Map<String, Slot> index = new HashMap<>();
    durable.forEachSlotOf(TENANT, index::put);
    memory.mergeLabels(TENANT, "red", "blue", 4);
    TenantMeta after = durable.meta(TENANT);
    List<Slot> written = new ArrayList<>();
    durable.forEachExample(TENANT, (slot, example) -> written.add(slot));
    written.forEach(slot -> durable.removeExample(TENANT, slot));
    before.forEach((slot, example) -> durable.putExample(TENANT, slot, example));
    index.forEach((eventId, slot) -> durable.putSlotOf(TENANT, eventId, slot));

    // When the tenant is met after a restart
    memory = restarted();

    // Then all are examples of the label that took them
    assertThat(memory.meta(TENANT).fingerprint()).isEqualTo(after.fingerprint());
    assertThat(memory.examples(TENANT).labels()).containsExactly("blue");
    assertThat(ids()).containsExactly("b1", "r1", "r2");
  }

  @Test
  void shouldKeepTheExamplesThatMovedToALabelWhichTheMetaRecordLost() {
    // Given a label that is younger than the one that was merged into it
    TenantMeta before = durable.meta(TENANT);
    add("g1", "green", 4);
    memory.mergeLabels(TENANT, "red", "green", 5);

    // When a crash takes both events from the meta record alone, and they come again
    durable.putMeta(TENANT, before);
    memory = restarted();
    add("g1", "green", 4);
    memory.mergeLabels(TENANT, "red", "green", 5);

    // Then no example is lost
    assertThat(ids()).containsExactly("b1", "g1", "r1", "r2");
    assertThat(memory.examples(TENANT).labels()).containsExactly("blue", "green");
  }

  @Test
  void shouldLeaveNothingOfATenantWhoseMetaRecordIsGone() {
    TenantMeta none = TenantMeta.EMPTY;
    durable.putMeta(TENANT, none);

    memory = restarted();

    assertThat(memory.meta(TENANT)).isSameAs(none);
    assertThat(durable.entries()).isZero();
    assertThat(healed).containsExactly(TENANT);
  }

  @Test
  void shouldKeepTheLaterOfTwoExamplesOfOneEvent() {
    durable.putExample(TENANT, new Slot(0, 5), example("r1", 9));

    memory = restarted();

    assertThat(memory.examples(TENANT).entries())
        .filteredOn(entry -> entry.example().eventId().equals("r1"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.example().timestampMillis()).isEqualTo(9));
    assertThat(durable.slotOf(TENANT, "r1")).contains(new Slot(0, 5));
  }

  @Test
  void shouldHaveAllEncodedAnewOfWhichACrashLeftTwoEncoders() {
    // Given examples with texts whose meta record is that from before they were encoded anew
    memory.forgetTenant(TENANT);
    memory = new SupportMemory(durable, SETTINGS, "one");
    for (String id : List.of("r1", "r2", "b1")) {
      memory.add(
          new Event.Add(
              TENANT, 1, id, "red", ExampleTerms.ORDINARY, new Payload.Text("text of " + id)),
          features(id));
    }
    TenantMeta before = durable.meta(TENANT);
    memory.reencode(TENANT, "two", texts -> texts.stream().map(this::wider).toList());
    TenantMeta after = durable.meta(TENANT);
    durable.putMeta(TENANT, before);

    // When
    memory = restarted();

    // Then they are all there, of no encoder that is known
    assertThat(ids()).containsExactly("b1", "r1", "r2");
    assertThat(SupportMemory.isForeign(memory.meta(TENANT), "one")).isTrue();
    assertThat(SupportMemory.isForeign(memory.meta(TENANT), "two")).isTrue();

    // When
    memory.reencode(TENANT, "two", texts -> texts.stream().map(this::wider).toList());

    // Then
    assertThat(memory.meta(TENANT).facts()).isEqualTo(after.facts());
  }

  private Optional<FeatureVector> wider(String text) {
    return Optional.of(FeatureVector.of(new float[] {text.hashCode() % 1000, 1, 2}));
  }

  @Test
  void shouldLookAtATenantOnlyOnce() {
    memory = restarted();
    memory.meta(TENANT);
    durable.removeSlotOf(TENANT, "r2");

    memory.meta(TENANT);

    assertThat(healed).isEmpty();
    assertThat(durable.slotOf(TENANT, "r2")).isEmpty();
  }

  private SupportMemory restarted() {
    return new SupportMemory(new HealingTenantStore(durable, healed::add), SETTINGS, "");
  }

  private void add(String id, String label, long timeMillis) {
    memory.add(
        new Event.Add(
            TENANT,
            timeMillis,
            id,
            label,
            ExampleTerms.ORDINARY,
            new Payload.Features(features(id))),
        features(id));
  }

  private static Example example(String id, long timeMillis) {
    return new Example(
        id,
        timeMillis,
        ExampleTerms.ORDINARY,
        ExampleHash.of(id, "red", 1, features(id)),
        features(id),
        Optional.empty());
  }

  private static FeatureVector features(String id) {
    return FeatureVector.of(new float[] {id.hashCode(), 1});
  }

  private List<String> ids() {
    return memory.examples(TENANT).entries().stream().map(e -> e.example().eventId()).toList();
  }
}
