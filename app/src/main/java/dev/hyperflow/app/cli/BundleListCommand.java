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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperflow bundle list}. */
@Command(name = "list", description = "Lists the shipped bundles and those in your folders.")
final class BundleListCommand extends Verb {

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Folders to look into, one level deep, for directories and .zip files.")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--json", description = "A JSON array, with whole manifests.")
  private boolean json;

  @Override
  ExitCode run() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    PrintWriter out = out();
    ExitCode code = ExitCode.OK;
    for (String location : locations()) {
      try {
        BundleSummary bundle = BundleSummary.read(location);
        array.add(bundle.json());
        if (!json) {
          out.println(bundle.line());
        }
      } catch (BundleException e) {
        err().println("hyperflow: " + e.getMessage());
        code = ExitCode.FAILED;
      }
    }
    if (json) {
      out.println(Json.text(array));
    }
    return code;
  }

  private List<String> locations() {
    try {
      return BundleFolders.find(folders);
    } catch (IOException e) {
      throw usage("DIR: expected a readable folder, found " + e.getMessage(), e);
    }
  }
}
