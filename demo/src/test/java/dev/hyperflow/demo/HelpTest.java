package dev.hyperflow.demo;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.models.Golden;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The application explains the verbs of this module while the module is not built. */
class HelpTest {
  private static final Path TEXTS = Path.of("..", "app/src/main/resources/dev/hyperflow/app/help");

  @ParameterizedTest
  @ValueSource(strings = {"demo"})
  void shouldBeExplainedByTheApplicationInTheSameWords(String verb) {
    StringWriter usage = new StringWriter();
    CommandLineInterface.of(new Main())
        .getSubcommands()
        .get(verb)
        .usage(new PrintWriter(usage), CommandLine.Help.Ansi.OFF);

    Golden.assertSame(
        TEXTS.resolve(verb + ".txt"), usage.toString(), "the application prints it, too");
  }
}
