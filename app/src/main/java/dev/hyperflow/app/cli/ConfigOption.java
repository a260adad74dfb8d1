package dev.hyperflow.app.cli;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The application that a verb works beside. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The application's configuration, as 'hyperflow run' takes it.")
  private Path file;

  ApplicationConfig read() {
    return ConfigurationFile.read(file);
  }
}
