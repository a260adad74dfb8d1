package dev.hyperflow.engine.internal;

/**
 * How far the background work is.
 *
 * @param staleTenants tenants whose head waits to be integrated in {@code latest} mode
 * @param sweeping whether a sweep over all tenants is under way
 * @param visitedTenants tenants that the sweep, or the last one, has visited
 */
public record EngineProgress(int staleTenants, boolean sweeping, long visitedTenants) {

  /** Whether there is background work to do. */
  public boolean busy() {
    return sweeping || staleTenants > 0;
  }
}
