package dev.hyperflow.demo.proof;

import java.util.List;
import java.util.Random;

/**
 * What a turmoil can reach.
 *
 * @param instances of the application, each with a state directory of its own
 * @param random the only source of chance
 * @param faults where the turmoil writes down each fault
 * @param calm for faults that need one
 */
record Stage(
    Platform platform,
    Application application,
    List<ApplicationProcess> instances,
    Cell cell,
    Random random,
    Faults faults,
    Calm calm) {

  /** Stops the load, and lets it go on. */
  interface Calm {

    /** Stops the load and waits until all of it is answered or refused. */
    void begin() throws Exception;

    /** Lets the load go on. */
    void end();
  }

  BrokerProcess broker() {
    return platform.broker();
  }

  /** The first instance. */
  ApplicationProcess first() {
    return instances.get(0);
  }

  /** Any of the instances. */
  ApplicationProcess any() {
    return instances.get(random.nextInt(instances.size()));
  }

  /** Starts all instances and waits until they run. */
  void startAll() {
    instances.forEach(ApplicationProcess::start);
    awaitAll();
  }

  /** Waits until all instances run. */
  void awaitAll() {
    instances.forEach(ApplicationProcess::awaitRunning);
  }
}
