package dev.hyperflow.engine.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.RefusedException;
import dev.hyperflow.models.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static final int MAX_WORDS = 25;

  @Test
  void shouldKeepTheTableInTheDocumentsUpToDate() {
    Golden.assertSame(
        Path.of("../docs/reasons.md"),
        """
        # Reasons

        Exactly one thing becomes of every input record: it is answered, applied, ignored or refused. An ignored or a
        refused record has a reason. The reason stands in the dead letter, in the tag `reason` of the meters, in the
        answers of the HTTP API and on the dashboard. `GET /api/v1/reasons` gives this table as JSON.

        The meters add up, for each instance since its start, as soon as no record waits for its batch:
        `hyperflow_records_total` = `hyperflow_answers_total` + `hyperflow_events_applied_total` +
        `hyperflow_events_ignored_total` + `hyperflow_dead_letters_total`.

        The code writes both tables (`Reason`).

        ## Ignored

        An ignored event asks for nothing new. It is no error and changes nothing. It has no dead letter;
        `hyperflow_events_ignored_total` counts it.

        """
            + Reason.table(Reason.Fate.IGNORED)
            + """

            ## Refused

            A refused record leaves no trace in the tenant's state. Its dead letter has the record's bytes, the reason
            and a message. `hyperflow_dead_letters_total` counts it.
            [operations.md](operations.md#dead-letters) says how to replay it.

            """
            + Reason.table(Reason.Fate.REFUSED),
        "the tables list every reason");
  }

  @Test
  void shouldSayInShortSentencesWhatToDo() {
    assertThat(Reason.values())
        .allSatisfy(
            reason -> {
              assertThat(reason.meaning()).endsWith(".");
              assertThat(reason.remedy()).endsWith(".");
              assertThat((reason.meaning() + " " + reason.remedy()).split("[.:] "))
                  .allMatch(sentence -> sentence.split(" ").length <= MAX_WORDS);
            });
  }

  /** The exception of the library names every reason that a call of it can meet. */
  @Test
  void shouldHaveTheSameNamesInTheLibrary() {
    assertThat(Arrays.stream(RefusedException.Reason.values()).map(Enum::name))
        .isSubsetOf(Arrays.stream(Reason.values()).map(Enum::name).toList());
    assertThat(Arrays.stream(RefusedException.Reason.values()).map(Enum::name))
        .contains("KEY_NOT_NORMAL", "INVISIBLE_SIGN");
  }
}
