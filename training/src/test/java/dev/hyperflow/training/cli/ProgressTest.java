package dev.hyperflow.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong clock = new AtomicLong();

  @Test
  void shouldRewriteItsLineOnATerminal() {
    // Given
    Progress progress = new Progress(out, true, clock::get);

    // When
    progress.update("one");
    progress.update("too soon");
    pass(1);
    progress.update("two");
    progress.note("done");

    // Then
    assertThat(text())
        .isEqualTo("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kdone" + System.lineSeparator());
  }

  @Test
  void shouldCutWhatATerminalWouldWrap() {
    new Progress(out, true, clock::get).update("x".repeat(200));
    assertThat(text()).isEqualTo("\r\u001b[K" + "x".repeat(96));
  }

  @Test
  void shouldPrintALineNowAndThenElsewhere() {
    // Given
    Progress progress = new Progress(out, false, clock::get);

    // When
    for (int second = 0; second < 31; second++) {
      progress.update("at " + second);
      pass(1);
    }

    // Then
    assertThat(text().lines()).containsExactly("at 0", "at 15", "at 30");
  }

  @Test
  void shouldTellHowLongTheRestOfAStageTakes() {
    // Given a stage that begins late
    Progress progress = new Progress(out, false, clock::get);
    pass(100);
    DoubleConsumer stage = progress.stage("encoding bank");

    // When a quarter takes 20 seconds
    pass(20);
    stage.accept(0.25);

    // Then
    assertThat(text().lines()).containsExactly("encoding bank: 25 %, 60 s left");
  }

  @Test
  void shouldSayTimeAsPeopleDo() {
    assertThat(Progress.human(42_000_000_000L)).isEqualTo("42 s");
    assertThat(Progress.human(600_000_000_000L)).isEqualTo("10 min");
    assertThat(Progress.human(3_600_000_000_000L * 3)).isEqualTo("3.0 h");
  }

  private void pass(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
