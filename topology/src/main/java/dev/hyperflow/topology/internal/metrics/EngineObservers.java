package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import java.util.List;

/**
 * Several observers as one.
 *
 * @param observers in the order in which they are told
 */
record EngineObservers(List<EngineObserver> observers) implements EngineObserver {

  @Override
  public BatchEnd batch(int events, long queueWaitMillis, long nowMillis) {
    List<BatchEnd> ends =
        observers.stream()
            .map(observer -> observer.batch(events, queueWaitMillis, nowMillis))
            .toList();
    return () -> ends.forEach(BatchEnd::ended);
  }

  @Override
  public void output(Output output, Occasion occasion) {
    observers.forEach(observer -> observer.output(output, occasion));
  }

  @Override
  public void refused(Rejection rejection) {
    observers.forEach(observer -> observer.refused(rejection));
  }

  @Override
  public void progress(String task, EngineProgress progress) {
    observers.forEach(observer -> observer.progress(task, progress));
  }

  @Override
  public void healed(String tenant) {
    observers.forEach(observer -> observer.healed(tenant));
  }

  @Override
  public void closed(String task) {
    observers.forEach(observer -> observer.closed(task));
  }
}
