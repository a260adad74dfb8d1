package dev.hyperflow.topology.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Output;
import org.junit.jupiter.api.Test;

class UnknownWordsTest {
  private final UnknownWords words = new UnknownWords();

  @Test
  void shouldWarnOnceOfATenantWithManyUnknownWords() {
    assertThat(words.read("t", read(60, 60))).isFalse();
    assertThat(words.read("t", read(60, 60))).isTrue();
    assertThat(words.read("t", read(60, 60))).isFalse();
    assertThat(words.read("u", read(200, 20))).isFalse();
  }

  private static Output.TextRead read(int known, int unknown) {
    return new Output.TextRead(0, known, unknown, Output.TextRead.Cut.NONE);
  }
}
