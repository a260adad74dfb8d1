package dev.hyperflow.engine.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileRowTest {
  private static String id(String label, String text, String given) {
    return new FileRow.Read(1, new Utterance("t", label, text), Optional.ofNullable(given))
        .eventId();
  }

  @Test
  void shouldNameTheEventByItsTextSoThatACorrectedLabelReplacesIt() {
    assertThat(id("a", "why?", null))
        .isEqualTo(id("b", "why?", null))
        .isNotEqualTo(id("a", "why", null))
        .matches("text-[0-9a-f]{32}");
    assertThat(id("a", "why?", "e-1")).isEqualTo("e-1");
  }
}
