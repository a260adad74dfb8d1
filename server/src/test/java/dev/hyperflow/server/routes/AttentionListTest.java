package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.rollout.ControlStep;
import dev.hyperflow.topology.internal.view.Troubles;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AttentionListTest {
  private static final long NOW = 1_000_000_000;
  private static final long HOUR = 3_600_000;
  private static final long COMMIT = 100;

  @Test
  void shouldNameABacklogThatTakesLongToWorkOff() {
    assertThat(AttentionList.backlog(999, 0)).isEmpty();
    assertThat(AttentionList.backlog(5_000, 1_000)).as("5 s of work").isEmpty();
    assertThat(AttentionList.backlog(12_000, 800))
        .hasValueSatisfying(
            found -> {
              assertThat(found.code()).isEqualTo(Attention.Code.BACKLOG);
              assertThat(found.text()).contains("12,000 records", "800 a second", "15.0 s");
              assertThat(found.action()).isNotBlank();
            });
    assertThat(AttentionList.backlog(12_000, 0).orElseThrow().text()).contains("none");
  }

  @Test
  void shouldNameAnswersThatTakeFarLongerThanACommit() {
    assertThat(AttentionList.slowAnswers(19, OptionalLong.of(9_000), COMMIT)).isEmpty();
    assertThat(AttentionList.slowAnswers(50, OptionalLong.empty(), COMMIT)).isEmpty();
    assertThat(AttentionList.slowAnswers(50, OptionalLong.of(1_000), COMMIT)).isEmpty();
    assertThat(AttentionList.slowAnswers(50, OptionalLong.of(9_000), 1_000)).isEmpty();
    assertThat(AttentionList.slowAnswers(50, OptionalLong.of(3_200), COMMIT))
        .hasValueSatisfying(found -> assertThat(found.text()).contains("3.2 s", "100 ms"));
  }

  @Test
  void shouldNameARefusedBundleUntilAStepSucceeds() {
    ControlStep refused =
        new ControlStep(
            7, "SHADOW", "/b", ControlStep.Outcome.REFUSED, "expected file, found none");
    ControlStep accepted = new ControlStep(8, "SHADOW", "/c", ControlStep.Outcome.ACCEPTED, null);

    assertThat(AttentionList.refusedBundle(List.of())).isEmpty();
    assertThat(AttentionList.refusedBundle(List.of(refused, accepted))).isEmpty();
    assertThat(AttentionList.refusedBundle(List.of(accepted, refused)))
        .hasValueSatisfying(
            found -> {
              assertThat(found.text())
                  .isEqualTo("SHADOW of /b was refused: expected file, found none");
              assertThat(found.since()).isEqualTo(7);
            });
  }

  @Test
  void shouldCountDeadLettersAndNameTheLastReasonForADay() {
    Troubles.Refusals letters =
        new Troubles.Refusals(2, NOW - 23 * HOUR, "EMPTY_TEXT", "text: expected words");

    assertThat(AttentionList.deadLetters("acme", letters, NOW))
        .hasValueSatisfying(
            found -> {
              assertThat(found.tenant()).isEqualTo("acme");
              assertThat(found.text())
                  .isEqualTo(
                      "2 records were refused since the start. The last reason is EMPTY_TEXT: text:"
                          + " expected words.");
            });
    assertThat(AttentionList.deadLetters("acme", letters, NOW + HOUR)).isEmpty();
  }

  @Test
  void shouldSayWhereTheHalvesOfATenantAre() {
    Tenants.Place own = new Tenants.Place(0, "a:80", 3_000, true);
    Tenants.Place other = new Tenants.Place(7, "b:80", 1, false);

    assertThat(AttentionList.divided("acme", List.of(own))).isEmpty();
    assertThat(AttentionList.divided("acme", List.of(own, other)))
        .hasValueSatisfying(
            found -> {
              assertThat(found.code()).isEqualTo(Attention.Code.WRONG_PARTITION);
              assertThat(found.tenant()).isEqualTo("acme");
              assertThat(found.text())
                  .isEqualTo(
                      "The tenant is in 2 partitions: 0 on a:80 (3,000 examples, its key's), 7 on"
                          + " b:80 (1 example). Each answers the queries that come in it.");
            });
  }

  @Test
  void shouldNameATenantThatIsAskedWithoutLabels() {
    Troubles.Unlabelled asked = new Troubles.Unlabelled(1, NOW);

    assertThat(AttentionList.noLabels("acme", asked, NOW).orElseThrow().text())
        .isEqualTo("1 query was answered without a label: the tenant has none.");
    assertThat(AttentionList.noLabels("acme", asked, NOW + 24 * HOUR)).isEmpty();
  }

  @Test
  void shouldNameRecordsInPartitionsThatAreNotTheirKeys() {
    Troubles.Foreign records = new Troubles.Foreign(309, NOW, "queries");

    assertThat(AttentionList.foreign(records, NOW).orElseThrow().text())
        .isEqualTo(
            "309 records came in partitions that are not the key's. The last one was on topic"
                + " queries.");
    assertThat(AttentionList.foreign(records, NOW + 24 * HOUR)).isEmpty();
  }
}
