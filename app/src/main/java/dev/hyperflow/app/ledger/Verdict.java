package dev.hyperflow.app.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a finished demo kept its promises.
 *
 * @param failures one line for each promise broken; empty when all were kept
 */
public record Verdict(List<String> failures) {

  /** Copies the list. */
  public Verdict {
    failures = List.copyOf(failures);
  }

  /**
   * Judges a run.
   *
   * @param stepsLeft records of the scenario that were not sent
   */
  public static Verdict of(LedgerSnapshot end, int stepsLeft) {
    List<String> failures = new ArrayList<>();
    require(stepsLeft == 0, failures, stepsLeft + " records of the scenario were not sent");
    require(
        end.answered() == end.queries(),
        failures,
        (end.queries() - end.answered()) + " of " + end.queries() + " queries were not answered");
    require(end.duplicates() == 0, failures, end.duplicates() + " answers came twice");
    require(end.unknown() == 0, failures, end.unknown() + " answers to queries that nobody sent");
    judgeDeadLetters(end.deadLetters(), failures);
    return new Verdict(failures);
  }

  /** The same verdict, judging also whether adapted heads were right more often than unadapted. */
  public Verdict withAccuracyOf(LedgerSnapshot end) {
    List<String> all = new ArrayList<>(failures);
    judgeAccuracy(end.total(), all);
    return new Verdict(all);
  }

  /** The same verdict with what went wrong behind it in front. */
  public Verdict withCauses(List<String> causes) {
    List<String> all = new ArrayList<>(causes);
    all.addAll(failures);
    return new Verdict(all);
  }

  /** Whether every promise was kept. */
  public boolean passed() {
    return failures.isEmpty();
  }

  private static void judgeDeadLetters(DeadLetterSnapshot letters, List<String> failures) {
    require(
        letters.matched() == letters.expected(),
        failures,
        (letters.expected() - letters.matched())
            + " of "
            + letters.expected()
            + " broken records are not among the dead letters");
    require(letters.repeated() == 0, failures, letters.repeated() + " dead letters came twice");
    require(
        letters.unexpected() == 0,
        failures,
        letters.unexpected()
            + " sound records are among the dead letters, one for "
            + letters.anUnexpected());
    letters.misjudged().forEach(line -> failures.add("dead letter of " + line));
  }

  private static void judgeAccuracy(Accuracy total, List<String> failures) {
    require(
        !total.isKnown() || total.after() > total.before(),
        failures,
        String.format(
            "adaptation did not beat the prototype head: %d right before, %d right after, of %d",
            total.before(), total.after(), total.queries()));
  }

  private static void require(boolean kept, List<String> failures, String otherwise) {
    if (!kept) {
      failures.add(otherwise);
    }
  }
}
