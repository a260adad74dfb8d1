package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineInterfaceTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldListVerbsAndExitCodesInTheHelp() {
    assertThat(execute("--help")).isEqualTo(ExitCode.OK.code());

    assertThat(out.toString()).contains("Verbs:", "demo", "run", "config", "bench", "Exit codes:");
    for (ExitCode code : ExitCode.values()) {
      assertThat(out.toString()).contains(" " + code.code() + " ");
    }
    assertThat(out.toString().lines()).allMatch(line -> line.length() < 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "bench", "train", "evaluate", "finetune"})
  void shouldExplainAVerbItDoesNotCarryAndRefuseToRunIt(String verb) {
    assertThat(execute(verb, "--help")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).startsWith("Usage: hyperflow " + verb);
    assertThat(err.toString()).isEmpty();

    assertThat(execute(verb, "--version")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).contains("Kafka ");

    assertThat(execute(verb, "--quick")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("expected to be run as ./hyperflow " + verb);
  }

  @Test
  void shouldTellItsVersion() {
    assertThat(execute("--version")).isEqualTo(ExitCode.OK.code());

    assertThat(out.toString()).startsWith("hyperflow ").contains("Kafka ").doesNotContain("${");
  }

  @Test
  void shouldListTheVerbsWhenItIsGivenNone() {
    assertThat(execute()).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString().lines())
        .contains("Verbs:")
        .endsWith("hyperflow: expected a verb, found none");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldRefuseAnUnknownOptionAndANumberOutOfRange() {
    assertThat(execute("load", "--config", "none.properties", "--slow"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("load", "--config", "none.properties", "--rate", "0"))
        .isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString())
        .contains("hyperflow: Unknown option: '--slow'")
        .contains("hyperflow: --rate: expected above 0, at most 100000, found 0.0")
        .contains("'hyperflow load --help'");
  }

  @ParameterizedTest
  @CsvSource({
    "dmeo, demo",
    "tenants, tenant",
    "Bundle, bundle",
    "tenant lsit, list",
    "bundle verfiy, verify",
    "load --config f --sconds 5, --seconds",
    "dead-letters repaly, replay"
  })
  void shouldSuggestWhatIsNearest(String line, String meant) {
    assertThat(execute(line.split(" "))).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).contains("Did you mean '" + meant + "'?");
  }

  @Test
  void shouldSuggestNothingForAWordThatIsNearToNone() {
    execute("frobnicate");

    assertThat(err.toString()).contains("frobnicate").doesNotContain("Did you mean");
  }

  @ParameterizedTest
  @CsvSource({
    "tenant, 'list, show'",
    "dead-letters, 'show, replay'",
    "config, 'check, docs'",
    "token, create",
    "topology, describe"
  })
  void shouldNameTheVerbsOfACommandThatWasGivenNone(String command, String verbs) {
    assertThat(execute(command)).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).contains(command + ": expected a verb (", verbs, "found none");
  }

  @Test
  void shouldSendLoadForABoundedTimeUnlessToldOtherwise() {
    execute("load", "--help");

    assertThat(out.toString()).containsPattern("--seconds=N\\s+How long to send; at most a year");
    assertThat(out.toString()).contains("Default: 60");
  }

  @Test
  void shouldShowNoDefaultOfWhatMustBeGiven() {
    execute("bundle", "create", "--help");

    assertThat(out.toString())
        .contains("--horizon", "--scale", "Default: 8")
        .doesNotContain("Default: 0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config docs", "topology describe --json", "completion bash", "--help"})
  void shouldFailWhereTheOutputIsFullOrClosed(String line) {
    PrintStream before = System.out;
    System.setOut(
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            }));
    try {
      int code =
          CommandLineInterface.create().setErr(new PrintWriter(err, true)).execute(line.split(" "));

      assertThat(code).isEqualTo(ExitCode.FAILED.code());
      assertThat(err.toString().lines())
          .containsExactly(
              "hyperflow: output: expected to take all lines, found that it is full or closed");
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void shouldPrintATokenOnceAndALineWithoutIt() {
    int code = execute("token", "create", "--scope", "read", "--tenant", "a", "--name", "mine");

    assertThat(code).isEqualTo(ExitCode.OK.code());
    String token = err.toString().replaceFirst("(?s).*(hf_[0-9a-f]{12}_[A-Za-z0-9_-]{43}).*", "$1");
    assertThat(token).startsWith("hf_");
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(out.toString())
        .contains("\"scope\":\"read\"", "\"tenants\":[\"a\"]", "\"name\":\"mine\"")
        .doesNotContain(token.substring(token.lastIndexOf('_')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme ", "a\nb"})
  void shouldMakeNoTokenForATenantThatCannotBe(String tenant) {
    assertThat(execute("token", "create", "--scope", "read", "--tenant", tenant))
        .isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).startsWith("hyperflow: --tenant: expected ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldAppendTokensToAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tokens");

    execute("token", "create", "--scope", "read", "--file", file.toString());
    execute("token", "create", "--scope", "admin", "--file", file.toString());

    assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("hf_"));
    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            one -> assertThat(one).contains("\"scope\":\"read\""),
            two -> assertThat(two).contains("\"scope\":\"admin\""));
  }

  @Test
  void shouldAppendATokenAfterALastLineWithoutAnEnd(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("tokens"), "# mine");

    execute("token", "create", "--scope", "read", "--file", file.toString());

    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("# mine");
  }

  @Test
  void shouldNameAMissingConfigurationFile() {
    Path missing = directory.resolve("missing.properties");

    assertThat(execute("run", "--config", missing.toString())).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString().lines()).containsExactly("hyperflow: " + missing + ": no such file");
  }

  @Test
  void shouldTakeTheConfigurationInTheSameFormsToRunAndToCheck() {
    String missing = directory.resolve("missing.properties").toString();

    for (String verb : List.of("run", "config check")) {
      for (String form : List.of(missing, "--config " + missing, "--config=" + missing)) {
        err.getBuffer().setLength(0);
        assertThat(execute((verb + " " + form).split(" "))).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).as(verb + " " + form).contains(missing + ": no such file");
      }
      err.getBuffer().setLength(0);
      assertThat(execute(verb.split(" "))).isEqualTo(ExitCode.USAGE.code());
      assertThat(err.toString()).contains("--config=FILE");
    }
  }

  @Test
  void shouldNameFileAndSettingOfAWrongConfiguration() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("wrong.properties"),
            """
            application.id=a
            bootstrap.servers=b:1
            schema.registry.url=http://c
            topics.partitions=many
            """);

    assertThat(execute("run", "--config", file.toString())).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(file.toString(), "topics.partitions", "many");
  }

  @Test
  void shouldShowTheStackTraceOnlyWhenAsked() {
    Path missing = directory.resolve("missing.properties");

    execute("run", "--config", missing.toString(), "--verbose");

    assertThat(err.toString()).contains("ConfigException").contains("\tat ");
  }

  private int execute(String... args) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
