package dev.hyperflow.demo;

import dev.hyperflow.demo.broker.EmbeddedBroker;
import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.demo.view.LiveAccuracy;
import dev.hyperflow.engine.internal.quality.AccuracyEstimate;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.server.HttpServer;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.view.StateUnavailableException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything the demo runs on, in this process: a broker, a schema registry, and the application
 * itself, which knows them by their addresses only.
 *
 * <p>Owns all three and closes them in reverse order. For use by one thread.
 */
final class DemoPlatform implements AutoCloseable {

  static final String APPLICATION_ID = "hyperflow-demo";

  private static final Logger LOG = LoggerFactory.getLogger(DemoPlatform.class);
  private static final Duration TIME_TO_RUN = Duration.ofMinutes(2);
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);
  private static final Duration FEEDBACK_WINDOW = Duration.ofHours(1);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private EmbeddedBroker broker;
  private EmbeddedRegistry registry;
  private ApplicationConfig config;
  private RunningApplication application;
  private Optional<HttpServer> server = Optional.empty();

  private DemoPlatform() {}

  /**
   * Starts all three and returns when the application runs.
   *
   * @throws RuntimeException when one of them does not start, with a one-line message; nothing is
   *     left running then
   */
  static DemoPlatform start(DemoOptions options, RunDirectory directory)
      throws InterruptedException {
    DemoPlatform platform = new DemoPlatform();
    boolean started = false;
    try {
      platform.startAll(options, directory);
      started = true;
      return platform;
    } finally {
      if (!started) {
        platform.close();
      }
    }
  }

  private void startAll(DemoOptions options, RunDirectory directory) throws InterruptedException {
    DemoOptions.Place place = options.place();
    registry = startRegistry(place, directory);
    open.push(registry);
    broker = EmbeddedBroker.start(directory.broker(), place.port());
    open.push(broker);
    config = ApplicationConfig.of(settings(options, directory));
    MetricsPage metrics = new MetricsPage(config);
    open.push(metrics);
    server = startServer(place, metrics);
    server.ifPresent(open::push);
    application =
        RunningApplication.start(
            server.map(listening -> listening.advertisedBy(config)).orElse(config),
            Telemetry.of(metrics.meters()));
    // The server goes first when all is closed, as it reads from the application.
    server.ifPresent(open::remove);
    open.push(() -> application.close(TIME_TO_CLOSE));
    server.ifPresent(open::push);
    server.ifPresent(listening -> listening.serve(application));
    if (!application.awaitRunning(TIME_TO_RUN)) {
      throw application
          .failure()
          .map(failure -> new StartupException("the application stopped: " + failure, failure))
          .orElseGet(
              () ->
                  new StartupException(
                      "the application does not run after %d s"
                          .formatted(TIME_TO_RUN.toSeconds())));
    }
  }

  private Optional<HttpServer> startServer(DemoOptions.Place place, MetricsPage metrics) {
    try {
      return HttpServer.start(config, metrics);
    } catch (ServerStartException e) {
      if (!Causes.any(e, BindException.class::isInstance)) {
        throw e;
      }
      throw new StartupException(
          "--http-port: expected a free port, found %d taken; choose another one, 0 for any"
              .formatted(place.httpPort()),
          e);
    }
  }

  private static EmbeddedRegistry startRegistry(DemoOptions.Place place, RunDirectory directory) {
    try {
      return EmbeddedRegistry.start(
          place.registryPort(), directory.registry().resolve("schemas.json"));
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new StartupException(e.getMessage(), e);
    }
  }

  private Map<String, String> settings(DemoOptions options, RunDirectory directory) {
    Map<String, String> settings = new HashMap<>();
    settings.put("application.id", APPLICATION_ID);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("topics.create", "true");
    settings.put("topics.partitions", "4");
    settings.put("topics.replication-factor", "1");
    settings.put("topics.bundles", "bundles");
    settings.put("state.dir", directory.state().toString());
    settings.put("stream.threads", "2");
    // After kill -9, a member of the same name takes over at once; one of a new name would have to
    // wait until the old one's session is over.
    settings.put("kafka.consumer.group.instance.id", APPLICATION_ID);
    settings.put("kafka.consumer.session.timeout.ms", "10000");
    settings.put("http.port", Integer.toString(options.place().httpPort()));
    settings.put("feedback.window.ms", Long.toString(FEEDBACK_WINDOW.toMillis()));
    options.bundle().ifPresent(bundle -> settings.put("bundle", bundle));
    return settings;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Where a browser finds the page, if there is one. */
  Optional<String> page() {
    return server.map(HttpServer::url);
  }

  /** A tenant's accuracy as the application measures it. Nothing while its state moves. */
  LiveAccuracy accuracy(String tenant) {
    QualitySettings settings = config.engine().quality();
    try {
      return application
          .view()
          .quality(tenant)
          .map(
              quality ->
                  new LiveAccuracy(
                      quality.observations(),
                      quality.initial(settings).map(AccuracyEstimate::value),
                      quality.adapted(settings).map(AccuracyEstimate::value)))
          .orElse(LiveAccuracy.NONE);
    } catch (StateUnavailableException e) {
      return LiveAccuracy.NONE;
    }
  }

  String registryUrl() {
    return registry.url();
  }

  ApplicationConfig config() {
    return config;
  }

  /** Why the application stopped by itself, if it did. */
  Optional<Throwable> failure() {
    return application.failure();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("could not close a part of the demo", e);
      }
    }
  }
}
