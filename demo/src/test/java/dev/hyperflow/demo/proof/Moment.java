package dev.hyperflow.demo.proof;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A random moment to do something at: the only waiting for time in these proofs. */
final class Moment {

  private static final int STARTING_MILLIS = 2500;
  private static final int RUNNING_MILLIS = 1500;

  private final ApplicationProcess running;
  private final int millis;

  private Moment(ApplicationProcess running, int millis) {
    this.running = running;
    this.millis = millis;
  }

  /** A moment in the life of a process that was just started: one in three times as it starts. */
  static Moment ofLife(Random random, ApplicationProcess process) {
    return random.nextInt(3) == 0
        ? new Moment(null, random.nextInt(STARTING_MILLIS))
        : new Moment(process, random.nextInt(RUNNING_MILLIS));
  }

  /** A moment within so many milliseconds. */
  static Moment within(Random random, int millis) {
    return new Moment(null, random.nextInt(millis));
  }

  /** So many milliseconds after the group must have given up a member. */
  static Moment afterTheSession(Random random, int millis) {
    return new Moment(null, Application.SESSION_TIMEOUT_MILLIS + random.nextInt(millis));
  }

  /** Returns at that moment. */
  void await() {
    if (running != null) {
      running.awaitRunning();
    }
    Executor timer = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    CompletableFuture.runAsync(() -> {}, timer).join();
  }
}
