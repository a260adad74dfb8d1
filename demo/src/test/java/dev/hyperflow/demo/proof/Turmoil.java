package dev.hyperflow.demo.proof;

/** What is done to the instances of an application while the load flows. */
@FunctionalInterface
interface Turmoil {

  /** Does it. In the end, at least one instance is up. */
  void run(Stage stage) throws Exception;
}
