package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.addAt;
import static dev.hyperflow.engine.internal.EngineFixture.queryAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FadingTenantStore;
import dev.hyperflow.engine.internal.remember.HealingTenantStore;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FadingMemoryTest {
  private static final Fading FADING = new Fading(1_000);
  private static final List<Event> OLD =
      List.of(addAt(0, "t", "r1", "red", 1, 0), addAt(0, "t", "b1", "blue", 0, 1));

  /** The labels have swapped their meaning. */
  private static final List<Event> NEW =
      List.of(addAt(9_000, "t", "r2", "red", 0, 1), addAt(9_000, "t", "b2", "blue", 1, 0));

  private final InMemoryTenantStore tenants = new InMemoryTenantStore();
  private EngineFixture fixture = over(tenants, FADING);

  @Test
  void shouldFollowTheNewestExamples() {
    fixture.engine.process(OLD);
    assertThat(label()).isEqualTo("red");

    fixture.engine.process(NEW);

    assertThat(label()).isEqualTo("blue");
  }

  @Test
  void shouldGiveOldExamplesTheirWeightBackWhenNewerOnesAreRetracted() {
    fixture.engine.process(OLD);
    AdaptedHead before = head();
    fixture.engine.process(NEW);

    fixture.process(new Event.Retract("t", 9_001, "r2"), new Event.Retract("t", 9_001, "b2"));

    assertThat(head()).isEqualTo(before);
  }

  @Test
  void shouldNotAgeByQueries() {
    fixture.engine.process(OLD);
    AdaptedHead before = head();

    fixture.process(queryAt(1_000_000, "t", "q", 1, 0));

    assertThat(head()).isEqualTo(before);
  }

  @Test
  void shouldIgnoreADuplicateOfAnotherTime() {
    fixture.engine.process(OLD);

    assertThat(fixture.process(addAt(500, "t", "r1", "red", 1, 0)))
        .containsExactly(new Output.Ignored(0, Reason.DUPLICATE));
  }

  @Test
  void shouldNameAnotherSupportSetWhenAnExampleComesBackAtAnotherTime() {
    fixture.engine.process(OLD);
    Fingerprint before = fingerprint();

    fixture.process(new Event.Retract("t", 500, "r1"), addAt(500, "t", "r1", "red", 1, 0));

    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void shouldMakeHeadsAnewWhenTheHalfLifeChanges() {
    fixture.engine.process(OLD);
    fixture.engine.process(NEW);
    List<AdaptedHead> heads = new ArrayList<>(List.of(head()));

    for (Fading changed : List.of(Fading.OFF, new Fading(4_000), FADING)) {
      fixture = over(tenants, changed);
      fixture.heads.put("t", heads.get(heads.size() - 1));
      heads.add(head());
    }

    assertThat(heads.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(heads.subList(0, 3).stream().map(AdaptedHead::fingerprint)).doesNotHaveDuplicates();
    assertThat(heads.get(3)).isEqualTo(heads.get(0));
  }

  @Test
  void shouldTakeTheHashesOfAStoreThatNeverFaded() {
    EngineFixture off = over(tenants, Fading.OFF);
    off.engine.process(OLD);
    off.engine.process(NEW);
    EngineFixture always = over(new InMemoryTenantStore(), FADING);
    always.engine.process(OLD);
    always.engine.process(NEW);

    always.process(queryAt(9_000, "t", "q", 1, 0));

    assertThat(head()).isEqualTo(always.heads.head("t", "bundle").orElseThrow());
  }

  @Test
  void shouldKeepAllExamplesWhenAMemoryThatIsNotWholeComesBackWithAnotherHalfLife() {
    fixture.engine.process(OLD);
    tenants.removeSlotOf("t", "r1");
    List<String> healed = new ArrayList<>();

    fixture =
        EngineFixture.over(
            new HealingTenantStore(tenants, healed::add),
            memory(new Fading(4_000)),
            EngineFixture.FRESH);

    assertThat(head().examples()).isEqualTo(2);
    assertThat(healed).containsExactly("t");
  }

  private String label() {
    return Outcomes.label(fixture.process(queryAt(9_000, "t", "q", 1, 0)));
  }

  private AdaptedHead head() {
    fixture.process(queryAt(9_000, "t", "q", 1, 0));
    return fixture.heads.head("t", "bundle").orElseThrow();
  }

  private Fingerprint fingerprint() {
    return new FadingTenantStore(tenants, FADING).meta("t").fingerprint();
  }

  private static EngineFixture over(InMemoryTenantStore tenants, Fading fading) {
    return EngineFixture.over(tenants, memory(fading), EngineFixture.FRESH);
  }

  private static MemorySettings memory(Fading fading) {
    return EngineFixture.MEMORY.withFading(fading);
  }
}
