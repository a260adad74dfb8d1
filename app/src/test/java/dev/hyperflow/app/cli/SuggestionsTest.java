package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

  @Test
  void shouldCountSwappedNeighboursAsOneMistake() {
    assertThat(Suggestions.distance("dmeo", "demo")).isEqualTo(1);
    assertThat(Suggestions.distance("", "demo")).isEqualTo(4);
    assertThat(Suggestions.distance("demo", "demo")).isZero();
    assertThat(Suggestions.distance("load", "lad")).isEqualTo(1);
  }

  @Test
  void shouldTakeTheNearestAndNoneThatIsFar() {
    List<String> verbs = List.of("train", "run", "bench");

    assertThat(Suggestions.nearest("trian", verbs)).contains("train");
    assertThat(Suggestions.nearest("ran", verbs)).contains("run");
    assertThat(Suggestions.nearest("xyz", verbs)).isEmpty();
  }
}
