package dev.hyperflow.app.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns SIGTERM and SIGINT into something a program can wait for, and gives it time to close.
 *
 * <p>The JVM runs shutdown hooks beside the main thread and would exit with 143 or 130 once they
 * return. This hook waits until {@link #finished} is told, or the time is over, and then ends the
 * process with the exit code of the program itself: a stop in good order is a success.
 *
 * <p>Thread-safe. One per process.
 */
public final class ShutdownSignal {

  private static final Duration MAX_TIME_TO_CLOSE = Duration.ofMillis(9_500);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicReference<ExitCode> exitCode = new AtomicReference<>(ExitCode.UNCLEAN);

  private ShutdownSignal() {}

  /** Starts to listen for signals. */
  public static ShutdownSignal install() {
    ShutdownSignal signal = new ShutdownSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "hyperflow-shutdown"));
    return signal;
  }

  /** Whether the process was asked to stop. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Waits for the process to be asked to stop.
   *
   * @return whether it was, within the time
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return requested.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Everything is closed; the process may end with this code. */
  public void finished(ExitCode code) {
    exitCode.set(code);
    finished.countDown();
  }

  private void onShutdown() {
    boolean endedByItself = finished.getCount() == 0;
    requested.countDown();
    if (endedByItself) {
      return;
    }
    try {
      finished.await(MAX_TIME_TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode.get().code());
  }
}
