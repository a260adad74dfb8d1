package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.models.internal.SupportSet;

/**
 * An integration that is to be done: the support set as it was when a query needed it. For one
 * thread.
 */
public final class PlannedHead implements HeadReference {
  private final int index;
  private final String tenant;
  private final LabelledExamples examples;
  private final SupportSet supportSet;
  private boolean kept = true;
  private Integrated outcome;

  /**
   * A plan.
   *
   * @param index the event that needs the head first
   * @param supportSet the examples as the model takes them
   */
  PlannedHead(int index, String tenant, LabelledExamples examples, SupportSet supportSet) {
    this.index = index;
    this.tenant = tenant;
    this.examples = examples;
    this.supportSet = supportSet;
  }

  /** The place of the event that needs the head first, or {@code Output.NO_EVENT}. */
  public int index() {
    return index;
  }

  /** The tenant whose support set is integrated. */
  public String tenant() {
    return tenant;
  }

  /** The event time that the support set had reached. */
  public long timeMillis() {
    return examples.meta().facts().clock().timeMillis();
  }

  LabelledExamples examples() {
    return examples;
  }

  SupportSet supportSet() {
    return supportSet;
  }

  /** What it is made from was removed since: it answers the queries before that, and is dropped. */
  void dropWhenDone() {
    kept = false;
  }

  boolean isKept() {
    return kept;
  }

  boolean isDone() {
    return outcome != null;
  }

  void done(Integrated newOutcome) {
    this.outcome = newOutcome;
  }

  @Override
  public Integrated resolve() {
    if (outcome == null) {
      throw new IllegalStateException(
          "tenant '" + tenant + "': expected an integrated head, found a planned one");
    }
    return outcome;
  }
}
