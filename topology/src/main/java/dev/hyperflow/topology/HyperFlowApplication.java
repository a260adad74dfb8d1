package dev.hyperflow.topology;

import dev.hyperflow.topology.internal.RunningApplication;
import java.time.Duration;
import java.util.Optional;

/**
 * The whole application: reads labels and queries, adapts heads, writes predictions.
 *
 * <pre>{@code
 * try (HyperFlowApplication application = HyperFlowApplication.start(HyperFlowConfig.read(file))) {
 *   application.awaitRunning(Duration.ofMinutes(1));
 *   stop.await();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Whoever started it closes it.
 */
public final class HyperFlowApplication implements AutoCloseable {
  private final RunningApplication running;

  private HyperFlowApplication(RunningApplication running) {
    this.running = running;
  }

  /**
   * Checks bundle, brokers, registry and topics, then starts the stream threads.
   *
   * @throws dev.hyperflow.topology.errors.StartupException if a check fails; the message says what
   *     was expected and what was found
   * @throws dev.hyperflow.models.BundleException if the bundle cannot be used
   */
  public static HyperFlowApplication start(HyperFlowConfig config) {
    return new HyperFlowApplication(RunningApplication.start(config.settings()));
  }

  /**
   * Waits until partitions are assigned and their state is restored for the first time.
   *
   * @return whether that happened within the time, and the application has not stopped since
   */
  public boolean awaitRunning(Duration timeout) throws InterruptedException {
    return running.awaitRunning(timeout);
  }

  /** Whether all partitions are assigned and their state is restored. */
  public boolean isRunning() {
    return running.isRunning();
  }

  /** What ended the application, empty while it runs and after it was closed in good order. */
  public Optional<Throwable> failure() {
    return running.failure();
  }

  /**
   * Commits, leaves and closes.
   *
   * @return whether that was done within the time; a restart recovers what was not
   */
  public boolean close(Duration timeout) {
    return running.close(timeout);
  }

  /** Closes as {@link #close(Duration)} does, and waits 10 seconds. */
  @Override
  public void close() {
    running.close();
  }
}
