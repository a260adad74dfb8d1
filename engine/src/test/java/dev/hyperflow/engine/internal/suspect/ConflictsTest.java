package dev.hyperflow.engine.internal.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflictsTest {
  private final SupportMemory memory =
      new SupportMemory(
          new InMemoryTenantStore(),
          new MemorySettings(10, 10, 100, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1),
          "");

  @Test
  void shouldListATextThatHasTwoLabels() {
    add("e1", "billing", "Charged twice", 1);
    add("e2", "refund", " charged  TWICE\n", 2);
    add("e3", "refund", "Money back", 3);
    add("e4", "refund", "Money back", 3);

    assertThat(conflicts()).containsExactly(List.of("e1", "e2"));
  }

  @Test
  void shouldCompareExamplesWithoutATextByTheirFeatures() {
    add("e1", "billing", null, 1);
    add("e2", "refund", null, 1);
    add("e3", "refund", null, 2);

    assertThat(conflicts()).containsExactly(List.of("e1", "e2"));
  }

  @ParameterizedTest
  @CsvSource({
    "Billing, billing, CASE",
    "card lost, cardlost, SPACE",
    "card lost, Card  Lost, SPACE",
    "refund, refunds, SIGN",
    "card-lost, card_lost, SIGN",
    "Refund, revund, SIGN",
    "card_lost, cardlost, SIGN",
  })
  void shouldListLabelsWhoseNamesLookAlike(
      String one, String other, Conflicts.Difference difference) {
    assertThat(Conflicts.labels(List.of(one, "something else", other)))
        .containsExactly(new Conflicts.Pair(one, other, difference));
  }

  @ParameterizedTest
  @CsvSource({"level 1, level 2", "up, us", "level 1, level 11", "refund, funder", "a, refund"})
  void shouldNotListOtherLabels(String one, String other) {
    assertThat(Conflicts.labels(List.of(one, other))).isEmpty();
  }

  @Test
  void shouldListABoundedNumberOfPairs() {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < 1_024; i++) {
      labels.add("x".repeat(250) + (char) ('a' + i % 26) + (char) (0x4e00 + i / 26));
    }

    assertThat(Conflicts.labels(labels)).hasSize(Conflicts.MAX_PAIRS);
  }

  private List<List<String>> conflicts() {
    return Conflicts.texts(memory.examples("t")).stream()
        .map(same -> same.stream().map(entry -> entry.example().eventId()).toList())
        .toList();
  }

  private void add(String eventId, String label, String text, float feature) {
    FeatureVector vector = FeatureVector.of(new float[] {feature});
    memory.add(
        new Event.Add(
            "t",
            0,
            eventId,
            label,
            ExampleTerms.ORDINARY,
            new Payload.Features(vector, Optional.ofNullable(text))),
        vector);
  }
}
