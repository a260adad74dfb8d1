package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Rejection;

/** What became of an integration. */
public sealed interface Integrated {

  /**
   * It gave a head.
   *
   * @param head the head, which is kept
   * @param safeguarded whether the trajectory diverged, so that an earlier point of it was taken
   */
  record Done(AdaptedHead head, boolean safeguarded) implements Integrated {}

  /** It failed; the tenant keeps the head that it had. */
  record Failed(Rejection rejection) implements Integrated {}
}
