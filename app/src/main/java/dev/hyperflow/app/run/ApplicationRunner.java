package dev.hyperflow.app.run;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.app.tracing.SpanExport;
import dev.hyperflow.server.HttpServer;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the application up until the process is asked to stop or the application fails. */
public final class ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(ApplicationRunner.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(8);

  private final ShutdownSignal shutdown;

  /** A runner that stops when this signal is given. */
  public ApplicationRunner(ShutdownSignal shutdown) {
    this.shutdown = shutdown;
  }

  /**
   * Runs.
   *
   * @throws dev.hyperflow.topology.errors.StartupException when a start-up check fails
   */
  public ExitCode run(ApplicationConfig config) throws InterruptedException {
    try (SpanExport spans = SpanExport.of(config);
        MetricsPage metrics = new MetricsPage(config)) {
      Telemetry telemetry = new Telemetry(Optional.of(metrics.meters()), spans.tracing());
      Optional<HttpServer> server = HttpServer.start(config, metrics);
      try {
        return run(config, server, telemetry);
      } finally {
        server.ifPresent(HttpServer::close);
      }
    }
  }

  private ExitCode run(ApplicationConfig config, Optional<HttpServer> server, Telemetry telemetry)
      throws InterruptedException {
    RunningApplication application =
        RunningApplication.start(
            server.map(listening -> listening.advertisedBy(config)).orElse(config), telemetry);
    server.ifPresent(
        listening -> {
          listening.serve(application);
          LOG.atInfo().addKeyValue("url", listening.url()).log("The HTTP server is listening");
        });
    boolean announced = false;
    while (!shutdown.await(LOOK) && application.failure().isEmpty()) {
      if (!announced && application.isRunning()) {
        announced = true;
        LOG.info("The application is running");
      }
    }
    boolean failed = application.failure().isPresent();
    LOG.info(failed ? "The application stops after a failure" : "The application stops on request");
    server.ifPresent(HttpServer::close);
    boolean closed = application.close(TIME_TO_CLOSE);
    LOG.info(closed ? "The application has stopped" : "The application did not stop in time");
    if (failed) {
      return ExitCode.FAILED;
    }
    return closed ? ExitCode.OK : ExitCode.UNCLEAN;
  }
}
