package dev.hyperflow.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.bundle.BundleSummary;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.models.BundleException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hyperflow bundle list}. */
@Command(
    name = "list",
    description = "Lists the shipped bundles and those in your folders.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class BundleListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Folders to look into, one level deep, for directories and .zip files.")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--json", description = "A JSON array, with whole manifests.")
  private boolean json;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    common.logWhenVerbose();
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    PrintWriter out = spec.commandLine().getOut();
    ExitCode code = ExitCode.OK;
    for (String location : locations()) {
      try {
        BundleSummary bundle = BundleSummary.read(location);
        array.add(bundle.json());
        if (!json) {
          out.println(bundle.line());
        }
      } catch (BundleException e) {
        spec.commandLine().getErr().println("hyperflow: " + e.getMessage());
        code = ExitCode.FAILED;
      }
    }
    if (json) {
      out.println(Json.text(array));
    }
    return code.code();
  }

  private List<String> locations() {
    try {
      return BundleFolders.find(folders);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "DIR: expected a readable folder, found " + e.getMessage(), e);
    }
  }
}
