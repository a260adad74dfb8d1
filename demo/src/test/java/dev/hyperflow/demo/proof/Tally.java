package dev.hyperflow.demo.proof;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.events.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of a trial, in numbers.
 *
 * @param queries that were sent
 * @param lost queries without an answer, and broken records without a dead letter
 * @param doubled answers and dead letters beyond the first of their record
 * @param wrong answers, dead letters and last heads that no replay gives
 */
record Tally(int queries, int lost, int doubled, int wrong) {

  /** Compares what came with what was sent and with a calm replay. */
  static Tally of(Outcome outcome, Outcome replay, Sender sent) {
    List<Object> wrong = new ArrayList<>();
    outcome.answers().forEach((id, answers) -> addWrong(answers, replay.answers().get(id), wrong));
    outcome.letters().forEach((at, letters) -> addWrong(at, letters, replay.letters(), wrong));
    outcome.heads().entrySet().stream()
        .filter(head -> !head.getValue().equals(replay.heads().get(head.getKey())))
        .forEach(wrong::add);
    return new Tally(
        sent.queries().size(),
        lost(outcome, sent),
        outcome.answerCount()
            - outcome.answers().size()
            + outcome.letterCount()
            - outcome.letters().size(),
        wrong.size());
  }

  /** How many records nothing has come of. */
  static int lost(Outcome outcome, Sender sent) {
    return missing(sent.queries(), outcome.answers().keySet())
        + missing(sent.broken(), outcome.letters().keySet());
  }

  private static int missing(Iterable<?> expected, Set<?> found) {
    int missing = 0;
    for (Object each : expected) {
      missing += found.contains(each) ? 0 : 1;
    }
    return missing;
  }

  private static void addWrong(
      List<Outcome.Answer> answers, List<Outcome.Answer> calm, List<Object> wrong) {
    for (Outcome.Answer answer : answers) {
      if (calm == null
          || (Judgement.fingerprint(answer).equals(Judgement.fingerprint(calm.get(0)))
              && !answer.equals(calm.get(0)))) {
        wrong.add(answer);
      }
    }
  }

  private static void addWrong(
      Coordinates at,
      List<DeadLetter> letters,
      Map<Coordinates, List<DeadLetter>> calm,
      List<Object> wrong) {
    for (DeadLetter letter : letters) {
      if (!calm.containsKey(at) || !letter.equals(calm.get(at).get(0))) {
        wrong.add(letter);
      }
    }
  }
}
