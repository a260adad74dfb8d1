package dev.hyperflow.topology.internal.observe;

import dev.hyperflow.engine.internal.EngineProgress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** How far the background work of all tasks of an instance is, as last told. Thread-safe. */
public final class TaskProgress implements EngineObserver {
  private final Map<String, EngineProgress> tasks = new ConcurrentHashMap<>();

  @Override
  public void progress(String task, EngineProgress progress) {
    tasks.put(task, progress);
  }

  @Override
  public void closed(String task) {
    tasks.remove(task);
  }

  /** How many tasks are on this instance. */
  public int tasks() {
    return tasks.size();
  }

  /** Tenants whose head waits to be integrated. */
  public int staleTenants() {
    return tasks.values().stream().mapToInt(EngineProgress::staleTenants).sum();
  }

  /** Tasks that sweep over their tenants. */
  public long sweeps() {
    return sum(progress -> progress.sweeping() ? 1 : 0);
  }

  /** Tenants that the running sweeps, or else the last ones, have visited. */
  public long sweptTenants() {
    return sum(EngineProgress::visitedTenants);
  }

  private long sum(ToLongFunction<EngineProgress> figure) {
    return tasks.values().stream().mapToLong(figure).sum();
  }
}
