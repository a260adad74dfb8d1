package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.heap.BoundedMap;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from the oldest label that a tenant's head does not know to the head that knows
 * it. Thread-safe. Of more than {@value #MAX_TENANTS} waiting tenants it drops the oldest.
 */
final class LabelClock {
  static final int MAX_TENANTS = 10_000;

  private final Timer timer;
  private final BoundedMap<String, Long> waiting = BoundedMap.ofEntries(MAX_TENANTS);

  LabelClock(Timer timer) {
    this.timer = timer;
  }

  /** A support event took effect; those that teach nothing do not start the clock. */
  void applied(Event event, long recordMillis) {
    event.handle(new Applied(recordMillis));
  }

  private final class Applied implements Event.Handler {
    private final long recordMillis;

    Applied(long recordMillis) {
      this.recordMillis = recordMillis;
    }

    @Override
    public void add(Event.Add add) {
      waiting.putIfAbsent(add.tenant(), recordMillis);
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      waiting.putIfAbsent(feedback.tenant(), recordMillis);
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      waiting.remove(forget.tenant());
    }

    @Override
    public void describe(Event.Describe describe) {
      // No label of an example.
    }

    @Override
    public void retract(Event.Retract retract) {
      // Teaches nothing.
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      // Teaches nothing.
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      // Teaches nothing.
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      // Teaches nothing.
    }

    @Override
    public void configure(Event.Configure configure) {
      // Teaches nothing.
    }

    @Override
    public void query(Event.Query query) {
      // Teaches nothing.
    }
  }

  /** A tenant's head was integrated from all that was applied. */
  void adapted(String tenant, long nowMillis) {
    waiting
        .remove(tenant)
        .ifPresent(since -> timer.record(Math.max(0, nowMillis - since), TimeUnit.MILLISECONDS));
  }
}
