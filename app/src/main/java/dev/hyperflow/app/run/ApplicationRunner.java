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
    while (!shutdown.await(LOOK) && !hasEnded(application)) {
      if (!announced && application.isRunning()) {
        announced = true;
        LOG.info("The application is running");
      }
    }
    boolean failed = hasEnded(application);
    LOG.info(failed ? "The application stops after a failure" : "The application stops on request");
    server.ifPresent(HttpServer::close);
    boolean closed = application.close(TIME_TO_CLOSE);
    LOG.info(closed ? "The application has stopped" : "The application did not stop in time");
    ExitCode code = failed ? ExitCode.FAILED : closed ? ExitCode.OK : ExitCode.UNCLEAN;
    if (code != ExitCode.OK) {
      // The last line says why, so that nobody needs to look for it among stack traces.
      LOG.atError().addKeyValue("exit", code.code()).log(ending(application, code));
    }
    return code;
  }

  private static boolean hasEnded(RunningApplication application) {
    return application.failure().isPresent() || application.isOver();
  }

  private static String ending(RunningApplication application, ExitCode code) {
    if (code == ExitCode.UNCLEAN) {
      return "The application was still busy after %d s and was cut off. A restart recovers"
          .formatted(TIME_TO_CLOSE.toSeconds());
    }
    return application
        .ending()
        .orElse("Kafka Streams stopped by itself. Keep the log and report it");
  }
}
