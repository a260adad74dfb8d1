package dev.hyperflow.engine.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
  private static final Head TWO_ROWS = Head.of(2, 1, new float[4]);

  @Test
  void shouldRefuseAHeadWithoutARowForEveryLabel() {
    assertThatThrownBy(() -> head(List.of("red"), TWO_ROWS, TWO_ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labels: expected one row per label, found 1 labels, 2 initial and 2 adapted rows");
    assertThatThrownBy(() -> head(List.of("green", "red"), TWO_ROWS, Head.of(1, 1, new float[2])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepTheLabelsThatAHeadWasMadeWith() {
    List<String> labels = new ArrayList<>(List.of("green", "red"));
    AdaptedHead head = head(labels, TWO_ROWS, TWO_ROWS);
    labels.clear();

    assertThat(head.labels()).containsExactly("green", "red");
  }

  @Test
  void shouldExpireAtItsTimeAndNotBefore() {
    ExampleTerms terms = new ExampleTerms(1, 100);

    assertThat(terms.expiredAt(99)).isFalse();
    assertThat(terms.expiredAt(100)).isTrue();
    assertThat(ExampleTerms.ORDINARY.expiredAt(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void shouldAnswerTheFirstOfTheTopLabels() {
    Output.Verdict verdict =
        new Output.Verdict(
            AnswerStatus.PERSONALISED,
            List.of(new LabelProbability("red", 0.9f), new LabelProbability("green", 0.1f)),
            false,
            Optional.of("green"),
            Optional.of(0.75f));
    Output.Verdict none =
        new Output.Verdict(
            AnswerStatus.NO_LABELS, List.of(), true, Optional.empty(), Optional.empty());

    assertThat(verdict.label()).contains("red");
    assertThat(none.label()).isEmpty();
  }

  private static AdaptedHead head(List<String> labels, Head initial, Head adapted) {
    return new AdaptedHead("bundle", Fingerprint.EMPTY, 2, labels, initial, adapted);
  }
}
