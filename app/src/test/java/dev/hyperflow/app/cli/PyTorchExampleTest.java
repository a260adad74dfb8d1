package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs docs/examples/drift_pytorch.py and the commands of docs/bring-your-own-drift.md. */
@Tag("python")
class PyTorchExampleTest {

  private static final String PYTHON = System.getProperty("hyperflow.python", "python3");
  private static final Path SCRIPT =
      Path.of("..", "docs", "examples", "drift_pytorch.py").toAbsolutePath().normalize();

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();

  @Test
  void shouldExportANetworkThatVerifies() throws Exception {
    // Given
    assumePackages();
    Path drift = directory.resolve("drift.onnx");
    Path bundle = directory.resolve("my-bundle");

    // When it is trained for a moment and exported
    String log = run(PYTHON, SCRIPT.toString(), "--out", drift.toString(), "--train-steps", "20");

    // Then
    assertThat(drift).as(log).isNotEmptyFile();
    assertThat(
            execute(
                "bundle create --drift %s --out %s --steps 8 --horizon 8 --scale 4"
                    .formatted(drift, bundle)))
        .as("%s", out)
        .isEqualTo(ExitCode.OK.code());
    assertThat(execute("bundle verify " + bundle)).as("%s", out).isEqualTo(ExitCode.OK.code());
  }

  private static void assumePackages() throws InterruptedException {
    String missing = "";
    try {
      String found = run(PYTHON, "-c", "import torch, onnx; print('torch', torch.__version__)");
      missing = found.startsWith("torch ") ? "" : found;
    } catch (IOException e) {
      missing = e.getMessage();
    }
    if (!missing.isEmpty()) {
      System.err.println(
          "SKIPPED: the PyTorch example needs python3 with torch and onnx (-Dhyperflow.python=FILE);"
              + " found: "
              + missing.lines().reduce((first, last) -> last).orElse(""));
      Assumptions.abort("python3 with torch and onnx is not there");
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private int execute(String command) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    return line.execute(command.split(" ", -1));
  }
}
