package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong clock = new AtomicLong();

  @Test
  void shouldWriteOverItselfOnATerminal() {
    // Given
    ProgressLine line = new ProgressLine(out, true, clock::get);

    // When
    line.update("one");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    line.update("two");
    line.say("done");

    // Then
    assertThat(text())
        .isEqualTo("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kdone" + System.lineSeparator());
  }

  @Test
  void shouldSpeakEveryFewSecondsElsewhere() {
    // Given
    ProgressLine line = new ProgressLine(out, false, clock::get);

    // When
    for (int second = 0; second < 11; second++) {
      line.update("at " + second);
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    // Then
    assertThat(text().lines()).containsExactly("at 0", "at 5", "at 10");
  }

  @Test
  void shouldPrintMinutesAndSeconds() {
    assertThat(ProgressLine.time(125.4)).isEqualTo("2:05");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
