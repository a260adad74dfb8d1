package dev.hyperflow.server.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.DeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LetterFilterTest {
  private static final Place HERE = new Place("dead", 0, 1);
  private static final DeadLetter LETTER = Letters.letter("NULL_KEY", "acme", "m", null);

  private static LetterFilter filter(Set<String> reasons, String tenant, Place at) {
    return new LetterFilter(reasons, Optional.ofNullable(tenant), 10, 20, Optional.ofNullable(at));
  }

  @Test
  void shouldTakeFromTheFirstTimeToBeforeTheLast() {
    LetterFilter filter = filter(Set.of(), null, null);

    assertThat(filter.takes(HERE, 9, LETTER)).isFalse();
    assertThat(filter.takes(HERE, 10, LETTER)).isTrue();
    assertThat(filter.takes(HERE, 19, LETTER)).isTrue();
    assertThat(filter.takes(HERE, 20, LETTER)).isFalse();
  }

  @Test
  void shouldTakeReasonsTenantsAndPlacesThatAreWanted() {
    assertThat(filter(Set.of("NULL_KEY", "X"), "acme", HERE).takes(HERE, 10, LETTER)).isTrue();
    assertThat(filter(Set.of("X"), null, null).takes(HERE, 10, LETTER)).isFalse();
    assertThat(filter(Set.of(), "other", null).takes(HERE, 10, LETTER)).isFalse();
    assertThat(filter(Set.of(), null, new Place("dead", 0, 2)).takes(HERE, 10, LETTER)).isFalse();
  }

  @Test
  void shouldKnowTheReasonsForWhichRecordsAreRefused() {
    assertThat(LetterFilter.reason(" empty_text")).isEqualTo("EMPTY_TEXT");
    for (String other : List.of("EMPTY-TEXT", "DUPLICATE", "")) {
      assertThatThrownBy(() -> LetterFilter.reason(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("NULL_KEY, ")
          .hasMessageEndingWith("found '" + other + "'");
    }
  }

  @Test
  void shouldNotTakeALetterWithoutATenantForOne() {
    DeadLetter unknown = Letters.letter("NULL_KEY", null, "m", null);

    assertThat(filter(Set.of(), "acme", null).takes(HERE, 10, unknown)).isFalse();
    assertThat(filter(Set.of(), null, null).takes(HERE, 10, unknown)).isTrue();
  }
}
