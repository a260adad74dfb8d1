package dev.hyperflow.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  enum Order {
    asc,
    desc
  }

  @Test
  void shouldTakeTheStandardWhereAParameterIsAbsent() {
    Call call = Calls.with(Map.of());

    assertThat(call.number("page", 7, 0, 9)).isEqualTo(7);
    assertThat(call.word("order", Order.desc, Order.class)).isEqualTo(Order.desc);
    assertThat(call.parameter("search")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "10", "", "x", "1.0", "99999999999"})
  void shouldRefuseANumberOutOfItsBounds(String text) {
    Call call = Calls.with(Map.of("page", text));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> call.number("page", 0, 0, 9))
        .withMessage("page: expected a whole number from 0 to 9, found '%s'".formatted(text))
        .satisfies(e -> assertThat(e.problem().field()).isEqualTo("page"));
  }

  @Test
  void shouldTakeNumbersAtTheirBoundsAndWordsAsTheyAreWritten() {
    assertThat(Calls.with(Map.of("page", "0")).number("page", 5, 0, 9)).isZero();
    assertThat(Calls.with(Map.of("page", "9")).number("page", 5, 0, 9)).isEqualTo(9);
    assertThat(Calls.with(Map.of("order", "asc")).word("order", Order.desc, Order.class))
        .isEqualTo(Order.asc);
  }

  @Test
  void shouldRefuseAnotherWordAndAbbreviateIt() {
    Call call = Calls.with(Map.of("order", "x".repeat(1000)));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> call.word("order", Order.asc, Order.class))
        .withMessageStartingWith("order: expected one of [asc, desc], found 'xxx")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150));
  }

  @Test
  void shouldKnowThatAnotherInstanceHandedItOn() {
    assertThat(Calls.of("GET", "/", "a", Map.of(), "").isForwarded()).isFalse();
    assertThat(Calls.of("GET", "/", "a", Map.of(Call.FORWARDED, "1"), "").isForwarded()).isTrue();
  }
}
