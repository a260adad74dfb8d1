package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.models.internal.verify.BundleVerifier;
import dev.hyperflow.models.internal.verify.Finding;
import dev.hyperflow.models.internal.verify.Report;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperflow bundle verify}. */
@Command(
    name = "verify",
    description = {
      "Checks files, contract, agreement of integrate.onnx with drift.onnx, padding, batches, order"
          + " of examples, extreme tasks and heads that get worse. Measures memory and speed.",
      "Prints a line for each check. Exits with 0 if no check fails."
    })
final class BundleVerifyCommand extends Verb {

  @Parameters(
      paramLabel = "LOCATION",
      description =
          "A directory, a .zip file, 'classpath:…', or the name or id of a shipped bundle.")
  private String location;

  @Option(names = "--json", description = "One JSON object instead of lines.")
  private boolean json;

  @Override
  ExitCode run() {
    PrintWriter out = out();
    Consumer<Finding> progress =
        finding -> {
          if (!json) {
            out.println(finding);
            out.flush();
          }
        };
    Report report =
        BundleVerifier.verify(BundleFolders.locationOf(location), System::nanoTime, progress);
    if (json) {
      out.println(Json.text(Json.of(report)));
    }
    return report.ok() ? ExitCode.OK : ExitCode.FAILED;
  }
}
