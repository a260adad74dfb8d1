package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run is made of before it runs. */
class SettingsTest {

  @Test
  void shouldGiveEveryObjectiveItsShareAndItsOwnSchedule() {
    // Given
    Optimisation two =
        new Optimisation(List.of(Objective.IMITATE_LINEAR, Objective.END_TO_END), 200, 6, 0.01, 8);

    // Then
    assertThat(two.objective(99)).isEqualTo(Objective.IMITATE_LINEAR);
    assertThat(two.objective(100)).isEqualTo(Objective.END_TO_END);
    assertThat(two.learningRate(0)).isLessThan(two.learningRate(4));
    assertThat(two.learningRate(4)).isEqualTo(0.01);
    assertThat(two.learningRate(99)).isLessThan(0.001);
    assertThat(two.learningRate(104)).isEqualTo(0.01);
  }

  @Test
  void shouldHoldOutLabelsThatNoStepSees() {
    // Given
    List<LabelledFeatures> sets =
        List.of(SyntheticSets.of("many", 12, 3, 1), SyntheticSets.of("few", 5, 3, 2));

    // When
    HeldOut split = HeldOut.split(sets, 7);

    // Then
    assertThat(split.training()).extracting(LabelledFeatures::name).containsExactly("many", "few");
    assertThat(split.validation()).hasSize(1);
    Set<String> seen = new HashSet<>(split.training().get(0).labels());
    List<String> held = split.validation().get(0).labels();
    assertThat(held).hasSize(3).doesNotContainAnyElementsOf(seen);
    assertThat(seen).hasSize(9);
  }

  @Test
  void shouldSayWhenNothingCanBeHeldOut() {
    assertThatThrownBy(() -> HeldOut.split(List.of(SyntheticSets.of("few", 5, 3, 2)), 7))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith("--validation: expected a set");
  }

  @Test
  void shouldReadRanges() throws Exception {
    IntRange.Converter converter = new IntRange.Converter();
    assertThat(converter.convert("2-60")).isEqualTo(new IntRange(2, 60));
    assertThat(converter.convert("5")).isEqualTo(new IntRange(5, 5));
    assertThatThrownBy(() -> converter.convert("a lot"))
        .hasMessage("expected a range like 2-60, found 'a lot'");
  }
}
