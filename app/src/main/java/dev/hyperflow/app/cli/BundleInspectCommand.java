package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.bundle.BundleSummary;
import dev.hyperflow.app.bundle.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hyperflow bundle inspect}. */
@Command(
    name = "inspect",
    description = "Checks a bundle's files against their hashes and shows its manifest.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class BundleInspectCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LOCATION",
      description =
          "A directory, a .zip file, 'classpath:…', or the name or id of a shipped bundle.")
  private String location;

  @Option(names = "--json", description = "One JSON object, with the whole manifest.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    common.logWhenVerbose();
    BundleSummary bundle = BundleSummary.read(BundleFolders.locationOf(location));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(bundle.json()));
    } else {
      bundle.lines().forEach(out::println);
    }
  }
}
