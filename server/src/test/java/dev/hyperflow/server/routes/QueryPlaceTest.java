package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.server.http.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryPlaceTest {
  private static final QueryPlace SURE = new QueryPlace(0.9f, 5, "a", "q1");
  private static final QueryPlace OLD = new QueryPlace(0.3f, 4, "a", "q2");
  private static final QueryPlace NEW = new QueryPlace(0.3f, 6, "b", "q1");
  private static final QueryPlace SAME = new QueryPlace(0.3f, 6, "b", "q2");

  @Test
  void shouldPutTheLeastCertainFirstAndOfThoseTheNewest() {
    assertThat(List.of(SURE, OLD, SAME, NEW).stream().sorted(QueryPlace.Sort.UNCERTAINTY.order()))
        .containsExactly(NEW, SAME, OLD, SURE);
  }

  @Test
  void shouldPutTheNewestFirst() {
    assertThat(List.of(OLD, SURE, SAME, NEW).stream().sorted(QueryPlace.Sort.NEWEST.order()))
        .containsExactly(NEW, SAME, SURE, OLD);
  }

  @Test
  void shouldComeBackFromItsCursor() {
    QueryPlace nasty = new QueryPlace(0.1f, -1, "tenant/\u0000 😀", "?&=#\ud800");

    assertThat(nasty.cursor()).matches("[A-Za-z0-9_-]+");
    assertThat(QueryPlace.of(nasty.cursor())).isEqualTo(nasty);
  }

  @Test
  void shouldRefuseACursorThatNoPageGave() {
    String whole = SURE.cursor();
    for (String wrong : List.of("", "!", "AAAA", whole.substring(0, whole.length() - 2))) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> QueryPlace.of(wrong))
          .withMessageContaining("cursor: expected");
    }
  }
}
