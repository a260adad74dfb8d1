package dev.hyperflow.topology.internal.view;

/** Who answers for a tenant. */
public sealed interface Owner {

  /** This instance. */
  record Local() implements Owner {}

  /**
   * Another instance.
   *
   * @param host where it can be reached
   * @param port where it can be reached
   */
  record Remote(String host, int port) implements Owner {}

  /** Nobody for now: tasks are being moved. */
  record Unknown() implements Owner {}
}
