package dev.hyperflow.demo.proof;

import java.util.List;
import java.util.Random;

/** What is done to the instances of an application while the load flows. */
@FunctionalInterface
interface Turmoil {

  /**
   * Does it. In the end, at least one instance is up.
   *
   * @param random the only source of chance
   */
  void run(List<ApplicationProcess> instances, BrokerProcess broker, Cell cell, Random random)
      throws InterruptedException;
}
