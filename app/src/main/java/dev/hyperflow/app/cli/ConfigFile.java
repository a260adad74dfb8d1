package dev.hyperflow.app.cli;

import dev.hyperflow.server.HttpServer;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file that a verb runs or checks, given as {@code --config FILE} or as {@code FILE}. */
final class ConfigFile {

  @ArgGroup(multiplicity = "1")
  private Given given;

  /** One of the two. */
  static final class Given {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "A .properties file; 'hyperflow config docs' lists the settings. $${env:NAME} and"
                + " $${file:/path:key} keep secrets out of it.")
    private Path option;

    @Parameters(paramLabel = "FILE", description = "The same without the option's name.")
    private Path parameter;
  }

  Path file() {
    return given.option == null ? given.parameter : given.option;
  }

  /**
   * The configuration in it, with which a start gets as far as the brokers. Asks the registry only
   * for the schemas of mapped topics in Avro.
   */
  ApplicationConfig read() {
    ApplicationConfig config = ConfigurationFile.read(file());
    HttpServer.check(config);
    RunningApplication.checkOffline(config);
    RunningApplication.checkMappings(config);
    return config;
  }
}
