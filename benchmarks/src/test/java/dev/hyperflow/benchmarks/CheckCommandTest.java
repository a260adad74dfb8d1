package dev.hyperflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the check of a graphics card on the processor, with little time for each part. */
class CheckCommandTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldReportEachPartOnTheProcessor() throws Exception {
    Path report = directory.resolve("report.md");

    int code = execute("cpu", "--seconds=0.5", "--report=" + report);

    assertThat(code).as(out.toString() + err).isZero();
    assertThat(out.toString()).doesNotContain("FAILED").endsWith("check: passed\n");
    assertThat(Files.readString(report))
        .contains("Outcome: passed", "| device | CPU |", "| commit | unknown |")
        .contains("| heads, relative to the largest weight | 48 | 0.00e+00 |")
        .containsPattern(
            "\\| fp32 \\| [0-9]+ \\| 1\\.00 \\| 0\\.00e\\+00 \\| 1\\.0000000 \\| 0\\.0 % \\|")
        .contains("| TF32 | cuda alone has it |")
        .containsPattern(
            "\\| fp16 encoder \\| .* \\| [1-9]\\.[0-9]+e-0[3-5] \\| 0\\.9999[0-9]+ \\|")
        .containsPattern("\\| texts \\| 1 \\| [0-9][0-9,.]* \\| [0-9][0-9,.]* \\| [0-9.]+ \\|")
        .containsPattern("\\| 20 × 100 \\| 1 \\| [0-9][0-9,.]* \\| [0-9][0-9,.]* \\| [0-9.]+ \\|")
        .containsPattern("\\| 150 × 4,800 \\| 1 \\| [0-9.]+ \\|")
        .containsPattern("\\| texts \\| 16 \\| [0-9][0-9,.]* \\| [0-9][0-9,.]* \\|")
        .containsPattern("\\| 1,024 \\| [0-9][0-9,.]* \\| [0-9][0-9,.]* \\| [0-9][0-9,.]* \\|")
        .contains("16 heads of 150 × 1,024 with 64 MiB: in use: CPU");
  }

  @Test
  void shouldNameInOneLineWhatIsMissingForCuda() throws Exception {
    Path report = directory.resolve("report.md");

    int code = execute("cuda", "--report=" + report);

    assertThat(code).isEqualTo(3);
    assertThat(err.toString().lines().toList())
        .singleElement()
        .asString()
        .startsWith("check: ")
        .contains("device: expected cuda to be usable, found: ");
    assertThat(Files.readString(report)).contains("device: expected cuda to be usable, found: ");
  }

  @Test
  void shouldRefuseWhatItCannotDoInOneLine() {
    assertThat(execute("auto")).isEqualTo(2);
    assertThat(execute("cpu", "--seconds=0")).isEqualTo(2);
    assertThat(execute("tpu")).isEqualTo(2);

    assertThat(err.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("expected cuda or cpu, found auto"))
        .anyMatch(line -> line.contains("--seconds: expected a number above 0, found 0.0"))
        .anyMatch(line -> line.contains("tpu"));
  }

  private int execute(String... args) {
    CommandLine line = CheckCommand.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
