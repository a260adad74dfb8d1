package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.event.AdaptedHead;

/** A head as a {@link HeadStore} gives it. For one thread. */
public final class KeptHead implements HeadReference {
  private final AdaptedHead head;
  private final Integrated.Done outcome;
  private boolean known;

  /** A head of which nothing is known but what it says itself. */
  public KeptHead(AdaptedHead head) {
    this.head = head;
    this.outcome = new Integrated.Done(head, false);
  }

  /** The head, which may be stale. */
  public AdaptedHead head() {
    return head;
  }

  /** Whether it was seen to be current, so that it is the tenant's last one once it is stale. */
  boolean isKnown() {
    return known;
  }

  void setKnown() {
    known = true;
  }

  @Override
  public Integrated resolve() {
    return outcome;
  }
}
