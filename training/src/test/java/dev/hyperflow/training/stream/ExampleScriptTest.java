package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays a stream to learners of other libraries and puts their answers beside the own ones. */
@Tag("python")
class ExampleScriptTest {

  private static final String PYTHON = System.getProperty("hyperflow.python", "python3");
  private static final Path EXAMPLES =
      Path.of("..", "docs", "examples").toAbsolutePath().normalize();
  private static final String BANK = "../app/src/main/resources/messages/bank.tsv";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"river, river_stream.py, River", "capymoa, capymoa_stream.py, CapyMOA"})
  void shouldAnswerEveryQuestion(String library, String script, String name) throws Exception {
    // Given: a stream of 40 texts whose labels come late
    assumePackages(library);
    Path out = directory.resolve("out");
    Path answers = directory.resolve("answers.csv");
    StreamVerb verb = new StreamVerb(directory).data(BANK).with("--events", "40", "--delay", "2");
    verb.run(0, "--out", out.toString());

    // When
    String log =
        run(
            PYTHON,
            EXAMPLES.resolve(script).toString(),
            out.resolve("streams").toString(),
            answers.toString());

    // Then
    assertThat(answers).as(log).isNotEmptyFile();
    verb.run(0, "--out", out.toString(), "--beside", answers.toString());
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("above the best of " + name, "| " + name + " ");
  }

  private static void assumePackages(String library) throws InterruptedException {
    String missing = "";
    try {
      String found = run(PYTHON, "-c", "import numpy, " + library + "; print('found it')");
      missing = found.contains("found it") ? "" : found;
    } catch (IOException e) {
      missing = e.getMessage();
    }
    if (!missing.isEmpty()) {
      System.err.println(
          "SKIPPED: the example needs python3 with numpy and %s (-Dhyperflow.python=FILE); found: %s"
              .formatted(library, missing.lines().reduce((first, last) -> last).orElse("")));
      Assumptions.abort("python3 with numpy and " + library + " is not there");
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
}
