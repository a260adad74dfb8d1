package dev.hyperflow.server.instance;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.Rehearsal;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.server.time.BoundedWait;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.view.InstanceView;
import dev.hyperflow.topology.internal.view.StateUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The application behind the server, which listens before the application runs. Thread-safe.
 *
 * <p>Owns nothing.
 */
public final class Instance {
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration MAX_WAIT = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final ApplicationConfig config;
  private final MetricsPage metrics;
  private volatile RunningApplication application;
  private volatile String name = "";

  /** An instance whose application has not started yet. */
  public Instance(ApplicationConfig config, MetricsPage metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  /** The server listens there. */
  public void named(String newName) {
    name = newName;
  }

  /** Where other instances reach this one, host:port. */
  public String name() {
    return name;
  }

  public void started(RunningApplication newApplication) {
    application = newApplication;
  }

  /**
   * A tenant's memory, whole. Waits a little while it is being written to: a writer that has lost
   * its processor in between takes longer than reading does.
   *
   * @throws ProblemException when the application has not started yet
   * @throws StateUnavailableException when it cannot be read now
   */
  public TenantSnapshot snapshot(String tenant) {
    return snapshot(this::view, tenant, new BoundedWait(MAX_WAIT, PAUSE));
  }

  /**
   * What the stream would make of events of a tenant now, in their order; nothing changes.
   *
   * @param topK how many labels an answer has; empty as configured
   * @throws ProblemException when the application has not started yet
   * @throws StateUnavailableException when the tenant's memory cannot be read now
   */
  public Rehearsal.Outcome rehearse(
      String tenant, AdaptationModel model, List<Event> events, OptionalInt topK) {
    return new Rehearsal(config.engine(), model, view().heads())
        .play(tenant, snapshot(tenant), events, topK);
  }

  /** Reads until the memory is whole or the wait ends. */
  static TenantSnapshot snapshot(Supplier<InstanceView> view, String tenant, BoundedWait wait) {
    while (true) {
      try {
        return view.get().snapshot(tenant);
      } catch (StateUnavailableException e) {
        if (!e.isWritten() || !again(wait)) {
          throw e;
        }
      }
    }
  }

  private static boolean again(BoundedWait wait) {
    try {
      return wait.again();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public ApplicationConfig config() {
    return config;
  }

  /** The meters of the application. */
  public MetricsPage metrics() {
    return metrics;
  }

  /** The application, once it has started. */
  public Optional<RunningApplication> application() {
    return Optional.ofNullable(application);
  }

  /**
   * What the application knows.
   *
   * @throws ProblemException when it has not started yet
   */
  public InstanceView view() {
    return application()
        .orElseThrow(
            () ->
                ProblemException.retryable(
                    ErrorCode.STARTING, "the application has not started yet", RETRY_MILLIS))
        .view();
  }
}
