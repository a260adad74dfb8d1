package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class OldLettersTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long WEEK = Duration.ofDays(7).toMillis();

  private static boolean warns(long retentionMillis, long timestampMillis) {
    OldLetters letters = new OldLetters("dead-letters", retentionMillis, () -> NOW);
    letters.refused(
        new SourceRecord("support", 0, 7, timestampMillis, null, null),
        new Rejection(Stage.VALIDATE, Reason.EMPTY_TEXT, "text: blank"),
        new RecordHeaders());
    return letters.hasWarned();
  }

  @Test
  void shouldWarnOfALetterThatTheBrokersWillDelete() {
    assertThat(warns(WEEK, NOW - WEEK)).isFalse();
    assertThat(warns(WEEK, NOW - WEEK - 1)).isTrue();
    assertThat(warns(WEEK, 0)).isTrue();
  }

  @Test
  void shouldNotWarnWhereLettersStay() {
    assertThat(warns(-1, 0)).isFalse();
  }
}
