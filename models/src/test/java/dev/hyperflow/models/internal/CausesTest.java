package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void shouldSayWhatLiesAtTheRootInOneLine() {
    Throwable thrown =
        new IllegalStateException(
            "outer", new UncheckedIOException("middle", new IOException(" disk\n  is full ")));

    assertThat(Causes.rootMessage(thrown)).isEqualTo("disk is full");
  }

  @Test
  void shouldNameTheClassOfARootWithoutAMessage() {
    assertThat(Causes.rootMessage(new IllegalStateException("outer", new IOException())))
        .isEqualTo("IOException");
    assertThat(Causes.rootMessage(new IOException("  "))).isEqualTo("IOException");
  }

  @Test
  void shouldFindAKindAnywhereInTheChain() {
    Throwable thrown =
        new IllegalStateException(new UncheckedIOException(new IOException("disk full")));

    assertThat(Causes.any(thrown, IllegalStateException.class::isInstance)).isTrue();
    assertThat(Causes.any(thrown, IOException.class::isInstance)).isTrue();
    assertThat(Causes.any(thrown, InterruptedException.class::isInstance)).isFalse();
  }
}
