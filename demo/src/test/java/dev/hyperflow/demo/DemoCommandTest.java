package dev.hyperflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.Finding;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
  @TempDir Path directory;

  private final StringWriter err = new StringWriter();

  @Test
  void shouldRefuseAnUnknownOptionAndANumberOutOfRange() {
    assertThat(execute("demo", "--slow")).isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("demo", "--seconds", "1")).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString())
        .contains("hyperflow: Unknown option: '--slow'")
        .contains("hyperflow: --seconds: expected 5 to 86400, found 1")
        .contains("'hyperflow demo --help'");
  }

  @Test
  void shouldNameFileAndLineOfABadDataFile() throws Exception {
    Path file = Files.writeString(directory.resolve("bad.tsv"), "a\tb\tc\na\tb\n");

    assertThat(execute("demo", "--data", file.toString())).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).startsWith("hyperflow: " + file + ":2: expected");
  }

  @Test
  void shouldNameTheOptionOfAPortThatIsTaken() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      String port = Integer.toString(taken.getLocalPort());
      String[] others = {"--port", "0", "--registry-port", "0", "--http-port", "0"};
      for (String option : List.of("--registry-port", "--port", "--http-port")) {
        List<String> arguments = new ArrayList<>(List.of("demo", "--seconds", "5"));
        arguments.addAll(List.of(others));
        arguments.set(arguments.indexOf(option) + 1, port);
        err.getBuffer().setLength(0);

        assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(ExitCode.STARTUP.code());

        assertThat(err.toString())
            .startsWith("hyperflow: " + option + ": expected a free port")
            .contains("found " + port + " taken");
      }
    }
  }

  @Test
  void shouldReadAFileThatWasSavedWithTabsAndQuotesAndAMark() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("saved.tsv"),
            "\uFEFF\"text\"\t\"category\"\n\"why, oh why\"\t\"fees\"\n\"let me in\"\t\"login\"\n");

    DemoData.Loaded loaded = DemoData.load(Optional.of(file), FileForm.UNKNOWN);

    assertThat(loaded.messages().size()).isEqualTo(2);
    assertThat(loaded.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.BYTE_ORDER_MARK);
    assertThat(
            DemoData.load(
                    Optional.of(
                        Files.writeString(
                            directory.resolve("labels.tsv"), "a\tb c\nd\te f\ng\th i\nj\tk l\n")),
                    FileForm.UNKNOWN)
                .findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.AS_MANY_LABELS_AS_ROWS);
  }

  private int execute(String... args) {
    CommandLine line = CommandLineInterface.of(new Main());
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
