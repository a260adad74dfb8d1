package dev.hyperflow.benchmarks.process;

import dev.hyperflow.demo.broker.EmbeddedBroker;
import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.server.HttpServer;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What a process of the bench can be. */
public enum Role {
  /** A Kafka broker and a schema registry; wants {@link #DIRECTORY}. */
  PLATFORM {
    @Override
    Running start(Map<String, String> settings) {
      EmbeddedRegistry registry = EmbeddedRegistry.start(0);
      EmbeddedBroker broker = EmbeddedBroker.start(Path.of(settings.get(DIRECTORY)), 0);
      return new Running(
          Map.of(BOOTSTRAP_SERVERS, broker.bootstrapServers(), REGISTRY_URL, registry.url()),
          () -> {
            broker.close();
            registry.close();
          });
    }
  },

  /** Copies queries to predictions; wants the settings of the application it is compared to. */
  IDENTITY {
    @Override
    Running start(Map<String, String> settings) throws InterruptedException {
      IdentityApplication application = IdentityApplication.start(ApplicationConfig.of(settings));
      return new Running(Map.of(), application);
    }
  },

  /** The application, with its HTTP API where its settings want one; wants its settings. */
  HYPERFLOW {
    @Override
    Running start(Map<String, String> settings) throws InterruptedException {
      ApplicationConfig config = ApplicationConfig.of(settings);
      if (!config.http().isOn()) {
        return new Running(Map.of(), running(RunningApplication.start(config)));
      }
      MetricsPage metrics = new MetricsPage(config);
      HttpServer server = HttpServer.start(config, metrics).orElseThrow();
      RunningApplication application =
          RunningApplication.start(server.advertisedBy(config), Telemetry.of(metrics.meters()));
      server.serve(application);
      running(application);
      return new Running(
          Map.of(HTTP_URL, server.url()),
          () -> {
            server.close();
            application.close();
            metrics.close();
          });
    }

    private static RunningApplication running(RunningApplication application)
        throws InterruptedException {
      if (!application.awaitRunning(TIME_TO_RUN)) {
        throw new IllegalStateException(
            "the application does not run after %d s".formatted(TIME_TO_RUN.toSeconds()),
            application.failure().orElse(null));
      }
      return application;
    }
  };

  /** Setting of the platform: where the broker keeps its log. */
  public static final String DIRECTORY = "directory";

  /** What the platform tells: where clients connect. */
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** What the platform tells: where the registry is. */
  public static final String REGISTRY_URL = "schema.registry.url";

  /** What the application tells: where its HTTP API is. */
  public static final String HTTP_URL = "http.url";

  static final Duration TIME_TO_RUN = Duration.ofMinutes(2);

  /** Starts it in this process and returns when it runs. */
  abstract Running start(Map<String, String> settings) throws InterruptedException;

  /**
   * Something that runs.
   *
   * @param told what the starting process should know
   * @param stop ends it
   */
  record Running(Map<String, String> told, AutoCloseable stop) {}
}
