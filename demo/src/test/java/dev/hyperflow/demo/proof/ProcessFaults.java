package dev.hyperflow.demo.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Faults of processes that have nothing to do with their data: instances, brokers and registries
 * die, stand still, and come back.
 */
final class ProcessFaults {

  private static final int MAX_PAUSE_MILLIS = 3000;
  private static final int MAX_ABSENCE_MILLIS = 2000;

  private ProcessFaults() {}

  /** The only instance has a heap of 128 MB, and is killed, as it starts too. */
  static void smallHeap(Stage stage) throws InterruptedException {
    stage.first().launch(new ApplicationProcess.Launch("128m", List.of(), Map.of()));
    CrashTest.kill(stage);
  }

  /** One of two instances stops in good order (SIGTERM), and starts again. */
  static void orderedStop(Stage stage) throws InterruptedException {
    stage.startAll();
    for (int round = 0; round < stage.cell().kills(); round++) {
      ApplicationProcess one = stage.any();
      Moment.within(stage.random(), MAX_ABSENCE_MILLIS).await();
      stage.faults().happened();
      long from = System.nanoTime();
      one.stop();
      stage.faults().took(Duration.ofNanos(System.nanoTime() - from));
      Moment.within(stage.random(), 2 * MAX_ABSENCE_MILLIS).await();
      one.start();
      stage.awaitAll();
    }
  }

  /** The only instance stops in good order; each next start is a fault by name only. */
  static void orderedStart(Stage stage) throws InterruptedException {
    stage.first().start();
    for (int round = 0; round < stage.cell().kills(); round++) {
      stage.first().awaitRunning();
      Moment.within(stage.random(), MAX_ABSENCE_MILLIS).await();
      long from = System.nanoTime();
      stage.first().stop();
      stage.faults().took(Duration.ofNanos(System.nanoTime() - from));
      stage.faults().happened();
      stage.first().start();
    }
    stage.first().awaitRunning();
  }

  /** Two of three instances are killed at once. */
  static void twoOfThree(Stage stage) throws InterruptedException {
    stage.startAll();
    for (int round = 0; round < stage.cell().kills(); round++) {
      twoAtOnce(stage);
      stage.awaitAll();
    }
  }

  static void twoAtOnce(Stage stage) throws InterruptedException {
    List<ApplicationProcess> order = new ArrayList<>(stage.instances());
    Collections.shuffle(order, stage.random());
    Moment.within(stage.random(), MAX_ABSENCE_MILLIS).await();
    order.get(0).kill();
    order.get(1).kill();
    stage.faults().happened();
    Moment.within(stage.random(), MAX_ABSENCE_MILLIS).await();
    order.get(0).start();
    order.get(1).start();
  }

  /** One of several instances stands still (SIGSTOP) until the group has given its tasks away. */
  static void pause(Stage stage) throws Exception {
    stage.startAll();
    for (int round = 0; round < stage.cell().kills(); round++) {
      standStill(stage);
      stage.awaitAll();
    }
  }

  static void standStill(Stage stage) throws Exception {
    ApplicationProcess still = stage.any();
    still.awaitRunning();
    Moment.within(stage.random(), MAX_ABSENCE_MILLIS).await();
    still.signal("STOP");
    stage.faults().happened();
    Moment.afterTheSession(stage.random(), MAX_PAUSE_MILLIS).await();
    still.signal("CONT");
  }

  /** The broker is killed under running instances, and sometimes one of these, too. */
  static void broker(Stage stage) throws InterruptedException {
    stage.startAll();
    for (int round = 0; round < stage.cell().kills(); round++) {
      brokerDies(stage);
    }
    stage.awaitAll();
  }

  static void brokerDies(Stage stage) throws InterruptedException {
    ApplicationProcess one = stage.any();
    boolean both = stage.random().nextBoolean();
    Moment.ofLife(stage.random(), one).await();
    stage.broker().kill();
    if (both) {
      Moment.within(stage.random(), 500).await();
      one.kill();
    }
    Moment.within(stage.random(), MAX_ABSENCE_MILLIS).await();
    stage.broker().startAgain();
    stage.faults().happened();
    if (both) {
      one.start();
    }
  }

  /**
   * The registry is away while queries of an unknown schema come, and in every second round while
   * an instance starts.
   */
  static void registry(Stage stage) throws Exception {
    stage.startAll();
    for (int round = 0; round < stage.cell().kills(); round++) {
      registryGoesAway(stage, round % 2 == 0);
      stage.awaitAll();
    }
  }

  static void registryGoesAway(Stage stage, boolean duringStart) throws Exception {
    ApplicationProcess one = stage.any();
    one.awaitRunning();
    RegistryServer registry = stage.platform().registry();
    registry.renewQuerySchema();
    registry.goAway();
    if (duringStart) {
      one.kill();
      one.start();
      one.awaitSaid("The start waits for the schema registry", 1);
    } else {
      Moment.within(stage.random(), 2 * MAX_ABSENCE_MILLIS).await();
    }
    registry.comeBack();
    stage.faults().happened();
  }
}
