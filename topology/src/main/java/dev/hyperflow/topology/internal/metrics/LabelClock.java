package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.event.Event;
import io.micrometer.core.instrument.Timer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from the oldest label that a tenant's head does not know to the head that knows
 * it. Thread-safe. Of more than {@value #MAX_TENANTS} waiting tenants it drops the oldest.
 */
final class LabelClock {
  static final int MAX_TENANTS = 10_000;

  private final Timer timer;
  private final Map<String, Long> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_TENANTS;
        }
      };

  LabelClock(Timer timer) {
    this.timer = timer;
  }

  /** A support event took effect; those that teach nothing do not start the clock. */
  synchronized void applied(Event event, long recordMillis) {
    if (event instanceof Event.Add || event instanceof Event.Feedback) {
      waiting.putIfAbsent(event.tenant(), recordMillis);
    } else if (event instanceof Event.ForgetTenant) {
      waiting.remove(event.tenant());
    }
  }

  /** A tenant's head was integrated from all that was applied. */
  synchronized void adapted(String tenant, long nowMillis) {
    Long since = waiting.remove(tenant);
    if (since != null) {
      timer.record(Math.max(0, nowMillis - since), TimeUnit.MILLISECONDS);
    }
  }
}
