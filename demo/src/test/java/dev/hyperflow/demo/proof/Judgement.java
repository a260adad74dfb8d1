package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.DeadLetter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what came of a trial with what was sent and with a calm replay. */
final class Judgement {

  private final Cell cell;
  private final Outcome outcome;

  Judgement(Cell cell, Outcome outcome) {
    this.cell = cell;
    this.outcome = outcome;
  }

  /** Every query is answered and every broken record refused: once, or at least once. */
  void everythingIsAccountedFor(Sender sent) {
    assertThat(outcome.answers().keySet())
        .as("queries answered, and no other")
        .containsExactlyInAnyOrderElementsOf(sent.queries());
    assertThat(outcome.letters().keySet())
        .as("records refused, and no other")
        .containsExactlyInAnyOrderElementsOf(sent.broken());
    if (cell.exactlyOnce()) {
      assertThat(outcome.answerCount()).as("answers").isEqualTo(sent.queries().size());
      assertThat(outcome.letterCount()).as("dead letters").isEqualTo(sent.broken().size());
    }
  }

  /**
   * Answers to one query under one fingerprint are equal, and a record is refused for one reason.
   */
  void repetitionsAreEqual() {
    outcome.answers().values().forEach(Judgement::requireEqualUnderEqualFingerprints);
    outcome.letters().values().forEach(letters -> assertThat(letters).containsOnly(letters.get(0)));
  }

  /** No answer stands on a support set that its tenant never had. */
  void everyFingerprintHasBeenThere(ReferenceMemory memory) {
    outcome
        .answers()
        .values()
        .forEach(
            answers ->
                answers.forEach(
                    answer ->
                        assertThat(
                                memory.hasHad(
                                    answer.tenant(), answer.prediction().getSupportFingerprint()))
                            .as("fingerprint of %s", answer)
                            .isTrue()));
  }

  /**
   * Under equal fingerprints the calm replay gives equal answers; refusals are equal, and so are
   * the last heads, bit for bit.
   *
   * @param closing queries that both answered from the same support set
   */
  void equalsReplay(Outcome replay, Set<String> closing) {
    outcome
        .answers()
        .forEach(
            (queryId, answers) -> {
              Outcome.Answer calm = replay.answers().get(queryId).get(0);
              answers.forEach(answer -> requireEqualIfSameSupport(answer, calm));
              if (closing.contains(queryId)) {
                assertThat(fingerprint(calm))
                    .as("fingerprint of the replay's answer to %s", answers)
                    .isIn(answers.stream().map(Judgement::fingerprint).toList());
              }
            });
    assertThat(firstLetters(outcome)).isEqualTo(firstLetters(replay));
  }

  /** In both, the same number of events had been applied when these queries were answered. */
  void countsEqualReplay(Outcome replay, Set<String> closing) {
    for (String query : closing) {
      assertThat(outcome.supportEvents().get(query))
          .as("support events applied before %s", query)
          .isEqualTo(replay.supportEvents().get(query));
    }
  }

  /** The last head of every tenant is that of the replay and of its support set. */
  void headsEqualReplay(Outcome replay, ReferenceMemory memory) {
    Map<String, AdaptedHead> heads = outcome.heads();
    assertThat(heads).as("last heads").isEqualTo(replay.heads());
    assertThat(heads).as("tenants with a head").hasSizeGreaterThan(Load.TENANTS / 2);
    heads.forEach(
        (tenant, head) -> {
          assertThat(head.getSupportFingerprint()).isEqualTo(memory.fingerprint(tenant));
          assertThat(head.getSupportCount()).isEqualTo(memory.examples(tenant));
          assertThat(head.getLabels()).hasSize(memory.labels(tenant));
        });
  }

  private static Map<Coordinates, DeadLetter> firstLetters(Outcome of) {
    return of.letters().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get(0)));
  }

  private static void requireEqualUnderEqualFingerprints(List<Outcome.Answer> answers) {
    for (Outcome.Answer answer : answers) {
      requireEqualIfSameSupport(answer, answers.get(0));
    }
  }

  private static void requireEqualIfSameSupport(Outcome.Answer one, Outcome.Answer other) {
    if (fingerprint(one).equals(fingerprint(other))) {
      assertThat(one).isEqualTo(other);
    }
  }

  static String fingerprint(Outcome.Answer answer) {
    return answer.prediction().getSupportFingerprint();
  }
}
