package dev.hyperflow.engine.internal.early;

/** Where early events are kept until the tenant's activity is removed. One caller at a time. */
public interface EarlyStore {

  /** The tenant's early events; none when nothing was kept. */
  EarlyEvents early(String tenant);

  /** Replaces the tenant's early events. */
  void putEarly(String tenant, EarlyEvents events);
}
