package dev.hyperflow.topology.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The thread that looks after a running application. Thread-safe. */
final class Lookout implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_AT_CLOCK_PER_LOOK_AT_TOPICS = 5;

  private final TopicWatch topics;
  private final ClockWatch clock;
  private final Consumer<Duration> onStep;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * A lookout that does not look yet.
   *
   * @param topics closed with it
   * @param onStep is told by how much the system clock was set
   */
  Lookout(TopicWatch topics, ClockWatch clock, Consumer<Duration> onStep) {
    this.topics = topics;
    this.clock = clock;
    this.onStep = onStep;
  }

  /** Begins to look. */
  void start() {
    Thread thread = new Thread(this::run, "hyperflow-lookout");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (int round = 0; !stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS); round++) {
        clock.look().ifPresent(onStep);
        if (round % LOOKS_AT_CLOCK_PER_LOOK_AT_TOPICS == 0) {
          topics.look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    topics.close();
  }
}
