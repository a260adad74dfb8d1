package dev.hyperflow.app.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hyperflow completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes verbs and options.",
      "bash: source <(hyperflow completion bash)",
      "zsh: source <(hyperflow completion zsh), after compinit"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CompletionCommand implements Runnable {
  private static final String PROGRAM = "hyperflow";

  /** Shells that the script is for. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    // One script serves both: for zsh it turns on its own emulation of bash's completion.
    String script = AutoComplete.bash(PROGRAM, root);
    spec.commandLine()
        .getOut()
        .println(
            "# Completion of %s for %s.%n%s"
                .formatted(PROGRAM, shell.name().toLowerCase(Locale.ROOT), script));
  }
}
