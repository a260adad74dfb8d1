package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.Logs;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.app.run.ApplicationRunner;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hyperflow run}. */
@Command(
    name = "run",
    description = {
      "Runs the application against your own Kafka cluster and schema registry.",
      "SIGTERM and SIGINT stop it cleanly within ten seconds."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {

  @Mixin private ConfigFile file;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws InterruptedException {
    Logs.toConsole(common.verbose());
    ApplicationConfig config = file.read();
    ShutdownSignal shutdown = ShutdownSignal.install();
    return Stopping.whenDone(shutdown, () -> new ApplicationRunner(shutdown).run(config)).code();
  }
}
