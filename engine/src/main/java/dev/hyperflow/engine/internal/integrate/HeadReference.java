package dev.hyperflow.engine.internal.integrate;

/** A head, or one that will be there when the planned integrations are done. */
public interface HeadReference {

  /**
   * The outcome.
   *
   * @throws IllegalStateException when the integration is not done yet
   */
  Integrated resolve();
}
