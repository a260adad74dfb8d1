package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.bundle.BundleSummary;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperflow bundle inspect}. */
@Command(
    name = "inspect",
    description = "Checks a bundle's files against their hashes and shows its manifest.")
final class BundleInspectCommand extends Verb {

  @Parameters(
      paramLabel = "LOCATION",
      description =
          "A directory, a .zip file, 'classpath:…', or the name or id of a shipped bundle.")
  private String location;

  @Option(names = "--json", description = "One JSON object, with the whole manifest.")
  private boolean json;

  @Override
  ExitCode run() {
    BundleSummary bundle = BundleSummary.read(BundleFolders.locationOf(location));
    PrintWriter out = out();
    if (json) {
      out.println(Json.text(bundle.json()));
    } else {
      bundle.lines().forEach(out::println);
    }
    return ExitCode.OK;
  }
}
