package dev.hyperflow.demo.proof;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Sends a load at a steady rate, from a thread of its own, until it is stopped. */
final class LoadDriver implements AutoCloseable {

  private static final int TICK_MILLIS = 20;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> ticks;
  private final Load load;
  private final Sender sender;
  private boolean paused;

  private LoadDriver(Load load, Sender sender, int perTick) {
    this.load = load;
    this.sender = sender;
    ticks =
        executor.scheduleAtFixedRate(() -> send(perTick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void send(int count) {
    for (int i = 0; i < count && !paused; i++) {
      sender.send(load.next());
    }
  }

  /** Sends nothing until {@link #resume()}; all that was sent is with the broker then. */
  synchronized void pause() throws InterruptedException, ExecutionException {
    paused = true;
    sender.flush();
  }

  /** Sends again. */
  synchronized void resume() {
    paused = false;
  }

  /**
   * Starts.
   *
   * @param perSecond records per second
   */
  static LoadDriver start(Load load, Sender sender, int perSecond) {
    return new LoadDriver(load, sender, Math.max(1, perSecond * TICK_MILLIS / 1000));
  }

  /** Stops; nothing of the load is sent afterwards. Fails when it had stopped by itself. */
  void stop() throws InterruptedException, ExecutionException {
    boolean failed = ticks.isDone();
    ticks.cancel(false);
    executor.shutdown();
    if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the load does not stop");
    }
    if (failed) {
      ticks.get();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
