package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.events.BundleControl;
import dev.hyperflow.topology.internal.rollout.ControlStep.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The control records that were read last, and what became of them. Thread-safe. */
public final class ControlSteps {
  static final int MAX_STEPS = 50;

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** A step, and the record that it is of: the same object, as two records may be equal. */
  private static final class Entry {
    final BundleControl record;
    ControlStep step;

    Entry(BundleControl record, ControlStep step) {
      this.record = record;
      this.step = step;
    }
  }

  synchronized void read(BundleControl record, long timestampMillis) {
    entries.add(
        new Entry(
            record,
            new ControlStep(
                timestampMillis,
                record.getAction().name(),
                record.getLocation(),
                Outcome.WAITING,
                null)));
    if (entries.size() > MAX_STEPS) {
      entries.remove();
    }
  }

  void accepted(BundleControl record) {
    settle(record, Outcome.ACCEPTED, null);
  }

  void refused(BundleControl record, String why) {
    settle(record, Outcome.REFUSED, why);
  }

  @SuppressWarnings("ReferenceEquality") // of two equal records each has its own step
  private synchronized void settle(BundleControl record, Outcome outcome, String why) {
    for (Entry entry : entries) {
      if (entry.record == record) {
        ControlStep step = entry.step;
        entry.step =
            new ControlStep(step.timestampMillis(), step.action(), step.location(), outcome, why);
      }
    }
  }

  /** The steps, oldest first. */
  public synchronized List<ControlStep> list() {
    return entries.stream().map(entry -> entry.step).toList();
  }
}
