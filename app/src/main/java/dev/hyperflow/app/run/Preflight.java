package dev.hyperflow.app.run;

import dev.hyperflow.server.HttpServer;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import java.nio.file.Path;

/**
 * What a start checks before it connects to the brokers. It asks the registry only for the schemas
 * of mapped topics in Avro.
 */
public final class Preflight {
  private Preflight() {}

  /**
   * The configuration in a file, with which a start gets as far as the brokers.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a setting is wrong
   * @throws dev.hyperflow.server.http.ServerStartException when the HTTP server could not start
   * @throws dev.hyperflow.models.BundleException when the bundle cannot be used
   * @throws dev.hyperflow.topology.errors.StartupException when a mapping's path leads nowhere
   */
  public static ApplicationConfig read(Path file) {
    ApplicationConfig config = ConfigurationFile.read(file);
    HttpServer.check(config);
    RunningApplication.checkOffline(config);
    RunningApplication.checkMappings(config);
    return config;
  }
}
