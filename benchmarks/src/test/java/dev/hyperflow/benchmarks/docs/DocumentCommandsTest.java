package dev.hyperflow.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.demo.DemoCommand;
import dev.hyperflow.training.Main;
import dev.hyperflow.training.evaluate.EvaluateCommand;
import dev.hyperflow.training.finetune.FineTuneCommand;
import dev.hyperflow.training.train.TrainCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Commands in any document are Bash, and name verbs and options that there are. */
class DocumentCommandsTest {

  private static final String LAUNCHER = "./hyperflow";

  /** A word of a command line, quoted or not; what ends the command; a comment. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|#.*|(?<end>2>&1|[|&;<>()]+)|(?<word>(?:'[^']*'|\"[^\"]*\"|[^\\s'\"|&;<>()])+)");

  @TempDir Path directory;

  static Stream<Path> documents() throws Exception {
    return SourceTree.documents().stream().map(SourceTree.REPOSITORY::relativize);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shouldBeBash(Path document) throws Exception {
    assumeTrue(Terminal.has("bash"), "NOT RUN: expected bash on the path, found none");
    for (Block block : blocks(document)) {
      Path script = Files.writeString(directory.resolve("script.sh"), block.script() + "\n");
      Process process =
          new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", block.place(), output).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shouldNameVerbsAndOptionsThatThereAre(Path document) throws Exception {
    for (Block block : blocks(document)) {
      for (List<String> command : commands(block.script())) {
        assertThatCode(() -> parse(command))
            .as("%s: %s %s", block.place(), LAUNCHER, String.join(" ", command))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void shouldFindTheWordsOfCommands() {
    assertThat(
            commands(
                """
                cd x && ./hyperflow config check 'a b' | grep x   # first
                ./hyperflow token create --scope read \\
                  --name "me" >> tokens
                echo hyperflow
                """))
        .containsExactly(
            List.of("config", "check", "a b"),
            List.of("token", "create", "--scope", "read", "--name", "me"));
  }

  @Test
  void shouldNoticeAVerbOrOptionThatIsMissing() {
    assertThatThrownBy(() -> parse(List.of("demo", "--slow"))).hasMessageContaining("--slow");
    assertThatThrownBy(() -> parse(List.of("play"))).hasMessageContaining("play");
    assertThatThrownBy(() -> parse(List.of("train", "--data", "x", "--out", "y", "--loud")))
        .hasMessageContaining("--loud");
    assertThatThrownBy(() -> parse(List.of("bench", "--only", "nothing")))
        .hasMessageContaining("nothing");
  }

  private static List<Block> blocks(Path document) {
    return Document.other(
        document.toString(), Document.text(SourceTree.REPOSITORY.resolve(document)));
  }

  private static void parse(List<String> command) {
    List<String> rest = command.subList(Math.min(1, command.size()), command.size());
    CommandLine line =
        switch (command.isEmpty() ? "" : command.get(0)) {
          case "demo" -> CommandLineInterface.of(new DemoCommand());
          case "train" -> Main.commandLine(new TrainCommand());
          case "evaluate" -> Main.commandLine(new EvaluateCommand());
          case "finetune" -> Main.commandLine(new FineTuneCommand());
          case "bench" -> dev.hyperflow.benchmarks.Main.commandLine();
          default -> null;
        };
    if (line == null) {
      CommandLineInterface.create().parseArgs(command.toArray(String[]::new));
    } else {
      line.parseArgs(rest.toArray(String[]::new));
    }
  }

  /** The words after each {@code ./hyperflow} of a script. */
  private static List<List<String>> commands(String script) {
    List<List<String>> commands = new ArrayList<>();
    for (String line : script.replace("\\\n", " ").lines().toList()) {
      List<String> current = null;
      Matcher token = TOKEN.matcher(line);
      while (token.find()) {
        String word = token.group("word");
        if (token.group("end") != null) {
          current = null;
        } else if (word != null && current != null) {
          current.add(word.replaceAll("['\"]", ""));
        } else if (LAUNCHER.equals(word)) {
          current = new ArrayList<>();
          commands.add(current);
        }
      }
    }
    return commands;
  }
}
