package dev.hyperflow.benchmarks.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.benchmarks.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CardCheckTest {
  private static final Section SECTION =
      new Section("Sound", List.of("what"), List.of(List.of("ok")), List.of());

  private final List<String> told = new ArrayList<>();

  @Test
  void shouldGoOnAfterAPartThatFailsAndSayWhyInOneLine() {
    CardCheck check = new CardCheck(1, told::add);

    check.measure(
        "first",
        budget -> {
          throw new IllegalStateException("memory: expected some,\n found none");
        });
    check.measure(
        "second",
        budget -> {
          throw new NoClassDefFoundError("kafka/Server");
        });
    check.measure("third", budget -> SECTION);

    assertThat(told)
        .containsExactly(
            "FAILED first: memory: expected some, | found none",
            "FAILED second: NoClassDefFoundError: kafka/Server",
            SECTION.text());
    assertThat(check.failed()).isEqualTo(2);
    assertThat(check.markdown())
        .contains("**FAILED first: memory: expected some, | found none**", "### Sound");
  }

  @Test
  void shouldLeaveAPartThatHangs() {
    CardCheck check = new CardCheck(0.01, 0.1, told::add);

    check.measure(
        "driver",
        budget -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return SECTION;
        });
    check.measure("next", budget -> SECTION);

    assertThat(told)
        .containsExactly("FAILED driver: expected an end within 0 s, found none", SECTION.text());
  }
}
