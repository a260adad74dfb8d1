package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.topology.internal.observe.Occasions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OldOutputsTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final Output ANSWER = new Output.Answer(0, "q", "bundle", null, null);

  @Test
  void shouldWarnOfAnAnswerThatTheBrokersWillDelete() {
    OldOutputs outputs = new OldOutputs("predictions", WEEK);

    outputs.output(ANSWER, Occasions.of(Occasions.query("t", NOW - WEEK), 0, NOW));
    assertThat(outputs.hasWarned()).isFalse();
    // A mapping may take the time of the event from within a new record
    outputs.output(ANSWER, Occasions.of(Occasions.query("t", NOW - WEEK - 1), NOW, NOW));

    assertThat(outputs.hasWarned()).isTrue();
  }

  @Test
  void shouldNotWarnWhereAnswersStay() {
    OldOutputs outputs = new OldOutputs("predictions", -1);

    outputs.output(ANSWER, Occasions.of(Occasions.query("t", 0), 0, NOW));

    assertThat(outputs.hasWarned()).isFalse();
  }

  @Test
  void shouldNotWarnOfWhatIsNoAnswer() {
    OldOutputs outputs = new OldOutputs("predictions", WEEK);

    outputs.output(new Output.Applied(0), Occasions.of(Occasions.add("t", 0), 0, NOW));

    assertThat(outputs.hasWarned()).isFalse();
  }
}
