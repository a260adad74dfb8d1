package dev.hyperflow.demo.ledger;

import dev.hyperflow.demo.scenario.ScenarioStep;
import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** The books of one tenant. Not thread-safe. */
final class TenantAccount {

  private final String tenant;
  private final Set<String> labels = new HashSet<>();
  private final AccuracyWindow accuracy;
  private final LabelLatency latency = new LabelLatency();
  private int examples;
  private int sent;
  private int answered;
  private int withoutHead;
  private int noneOfThese;
  private OptionalLong appliedAtClosing = OptionalLong.empty();

  TenantAccount(String tenant, int window) {
    this.tenant = tenant;
    this.accuracy = new AccuracyWindow(window);
  }

  void exampleSent(ScenarioStep.Support step, long millis) {
    example(step);
    latency.sent(millis);
  }

  void exampleSentEarlier(ScenarioStep.Support step) {
    example(step);
    latency.sentEarlier();
  }

  void querySent() {
    sent++;
  }

  void answered(ScenarioStep.Query query, Answer answer, long millis) {
    answered++;
    latency.answered(answer.supportEvents(), millis);
    noneOfThese += answer.noneOfThese() ? 1 : 0;
    if (!answer.hasHead()) {
      withoutHead++;
    } else if (!query.label().equals(Utterance.UNLABELLED)) {
      accuracy.add(
          query.label().equals(answer.initialLabel()), query.label().equals(answer.label()));
    }
  }

  /** An answer to a closing query: the application has applied every label by then. */
  void closingAnswered(Answer answer) {
    appliedAtClosing =
        OptionalLong.of(Math.max(appliedAtClosing.orElse(0), answer.supportEvents()));
  }

  TenantTally snapshot() {
    return new TenantTally(
        tenant,
        new TenantTally.Counts(labels.size(), examples, sent, answered, withoutHead, noneOfThese),
        accuracy.recent(),
        accuracy.total(),
        latency.medianMillis(),
        appliedAtClosing);
  }

  private void example(ScenarioStep.Support step) {
    examples++;
    labels.add(step.label());
  }
}
