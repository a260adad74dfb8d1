package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;

/** What a support event did to a tenant's memory. */
public sealed interface MemoryChange {

  /**
   * It changed what is remembered.
   *
   * @param removal whether something was taken out that the tenant wants out, so that nothing made
   *     from it may stay
   * @param novel whether it added an example of an event id that was not remembered
   */
  record Changed(boolean removal, boolean novel) implements MemoryChange {}

  /**
   * It asked for nothing new, so nothing was written.
   *
   * @param reason why
   */
  record Unchanged(Reason reason) implements MemoryChange {}

  /** It was refused before anything was written. */
  record Refused(Rejection rejection) implements MemoryChange {}
}
