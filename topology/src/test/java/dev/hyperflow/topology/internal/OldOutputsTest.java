package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.observe.Occasions;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class OldOutputsTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final Output ANSWER = new Output.Answer(0, "q", "bundle", null, null);

  private static OldOutputs outputs(long answersMillis, long lettersMillis) {
    return new OldOutputs(
        new OldOutputs.Kept("predictions", answersMillis),
        new OldOutputs.Kept("dead-letters", lettersMillis),
        () -> NOW);
  }

  @Test
  void shouldWarnOfAnAnswerThatTheBrokersWillDelete() {
    OldOutputs outputs = outputs(WEEK, -1);

    outputs.output(ANSWER, Occasions.of(Occasions.query("t", NOW - WEEK), 0, NOW));
    assertThat(outputs.hasWarned()).isFalse();
    // A mapping may take the time of the event from within a new record
    outputs.output(ANSWER, Occasions.of(Occasions.query("t", NOW - WEEK - 1), NOW, NOW));

    assertThat(outputs.hasWarned()).isTrue();
  }

  @Test
  void shouldNotWarnWhereAnswersStay() {
    OldOutputs outputs = outputs(-1, WEEK);

    outputs.output(ANSWER, Occasions.of(Occasions.query("t", 0), 0, NOW));

    assertThat(outputs.hasWarned()).isFalse();
  }

  @Test
  void shouldNotWarnOfWhatIsNoAnswer() {
    OldOutputs outputs = outputs(WEEK, -1);

    outputs.output(new Output.Applied(0), Occasions.of(Occasions.add("t", 0), 0, NOW));

    assertThat(outputs.hasWarned()).isFalse();
  }

  @Test
  void shouldWarnOfALetterThatTheBrokersWillDelete() {
    assertThat(warnsOfALetter(WEEK, NOW - WEEK)).isFalse();
    assertThat(warnsOfALetter(WEEK, NOW - WEEK - 1)).isTrue();
    assertThat(warnsOfALetter(WEEK, 0)).isTrue();
  }

  @Test
  void shouldNotWarnWhereLettersStay() {
    assertThat(warnsOfALetter(-1, 0)).isFalse();
  }

  private static boolean warnsOfALetter(long retentionMillis, long timestampMillis) {
    OldOutputs outputs = outputs(WEEK, retentionMillis);
    outputs.refused(
        new SourceRecord("support", 0, 7, timestampMillis, null, null),
        new Rejection(Stage.VALIDATE, Reason.EMPTY_TEXT, "text: blank"),
        new RecordHeaders());
    return outputs.hasWarned();
  }
}
