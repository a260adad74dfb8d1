package dev.hyperflow.demo.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a demo kept its promises.
 *
 * @param failures one line for each promise broken; empty when all were kept
 * @param notes one line for each promise that could not be judged
 * @param stoppedEarly whether it was asked to stop before its end; then only what came is judged
 */
public record DemoVerdict(List<String> failures, List<String> notes, boolean stoppedEarly) {

  /** Fewer judged queries say nothing about accuracy. */
  static final int MIN_JUDGED = 300;

  private static final double MAX_POINTS_BELOW = 3;

  /** Copies the lists. */
  public DemoVerdict {
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
  }

  /**
   * Judges a run that has ended.
   *
   * @param stepsLeft records of the scenario that were not sent
   */
  public static DemoVerdict of(LedgerSnapshot end, int stepsLeft) {
    List<String> failures = new ArrayList<>();
    require(stepsLeft == 0, failures, stepsLeft + " records of the scenario are unsent");
    require(
        end.answered() == end.queries(),
        failures,
        (end.queries() - end.answered()) + " of " + end.queries() + " queries have no answer");
    judgeAnswers(end, failures);
    DeadLetterSnapshot letters = end.deadLetters();
    require(
        letters.matched() == letters.expected(),
        failures,
        (letters.expected() - letters.matched())
            + " of "
            + letters.expected()
            + " broken records are missing from the dead letters");
    judgeDeadLetters(letters, failures);
    end.tenants().forEach(tenant -> judgeSupportEvents(tenant, failures));
    return new DemoVerdict(failures, List.of(), false);
  }

  /** Judges a run that was asked to stop: nothing need be complete, but nothing may be wrong. */
  public static DemoVerdict ofStopped(LedgerSnapshot end) {
    List<String> failures = new ArrayList<>();
    judgeAnswers(end, failures);
    judgeDeadLetters(end.deadLetters(), failures);
    return new DemoVerdict(failures, List.of(), true);
  }

  /**
   * The same verdict, judging also whether adapted heads were right more often than unadapted ones,
   * and none of them clearly less often.
   */
  public DemoVerdict withAccuracyOf(LedgerSnapshot end) {
    List<String> allFailures = new ArrayList<>(failures);
    List<String> allNotes = new ArrayList<>(notes);
    Accuracy total = end.total();
    if (!total.isKnown()) {
      allFailures.add("no answer has a known true label");
    } else if (total.queries() < MIN_JUDGED) {
      allNotes.add(
          "%d judged queries are too few to judge accuracy; it takes %d"
              .formatted(total.queries(), MIN_JUDGED));
    } else {
      judgeAccuracy(end, allFailures);
    }
    return new DemoVerdict(allFailures, allNotes, stoppedEarly);
  }

  /** The same verdict, which fails when no answer could be compared with a true label. */
  public DemoVerdict withSomethingJudged(LedgerSnapshot end) {
    if (end.total().isKnown()) {
      return this;
    }
    List<String> all = new ArrayList<>(failures);
    all.add(
        "no query could be judged: expected labels with at least two texts each, one to learn from"
            + " and one to ask");
    return new DemoVerdict(all, notes, stoppedEarly);
  }

  /** The same verdict with what went wrong behind it in front. */
  public DemoVerdict withCauses(List<String> causes) {
    List<String> all = new ArrayList<>(causes);
    all.addAll(failures);
    return new DemoVerdict(all, notes, stoppedEarly);
  }

  /** Whether every promise was kept. */
  public boolean passed() {
    return failures.isEmpty();
  }

  private static void judgeAnswers(LedgerSnapshot end, List<String> failures) {
    require(end.duplicates() == 0, failures, end.duplicates() + " answers came twice");
    require(end.unknown() == 0, failures, end.unknown() + " answers to queries that nobody sent");
  }

  private static void judgeDeadLetters(DeadLetterSnapshot letters, List<String> failures) {
    require(letters.repeated() == 0, failures, letters.repeated() + " dead letters came twice");
    require(
        letters.unexpected() == 0,
        failures,
        letters.unexpected()
            + " sound records are among the dead letters, one for "
            + letters.anUnexpected());
    letters.misjudged().forEach(line -> failures.add("dead letter of " + line));
  }

  /** Closing queries are sent when all labels are applied, so they tell how many were. */
  private static void judgeSupportEvents(TenantTally tenant, List<String> failures) {
    int sent = tenant.counts().examples();
    tenant
        .appliedAtClosing()
        .ifPresent(
            applied ->
                require(
                    applied == sent,
                    failures,
                    "%s: %d labels sent, %d applied: labels were %s"
                        .formatted(
                            tenant.tenant(), sent, applied, applied < sent ? "lost" : "doubled")));
  }

  private static void judgeAccuracy(LedgerSnapshot end, List<String> failures) {
    Accuracy total = end.total();
    require(
        total.after() > total.before(),
        failures,
        "adaptation did not beat the prototype head: %d right before, %d right after, of %d"
            .formatted(total.before(), total.after(), total.queries()));
    for (TenantTally tenant : end.tenants()) {
      Accuracy recent = tenant.recent();
      require(
          recent.queries() < PredictionLedger.WINDOW || recent.gainPoints() >= -MAX_POINTS_BELOW,
          failures,
          String.format(
              Locale.ROOT,
              "adaptation hurt %s: %.1f points in its last %d queries",
              tenant.tenant(),
              recent.gainPoints(),
              recent.queries()));
    }
  }

  private static void require(boolean kept, List<String> failures, String otherwise) {
    if (!kept) {
      failures.add(otherwise);
    }
  }
}
