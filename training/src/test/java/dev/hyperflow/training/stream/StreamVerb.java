package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.training.Main;
import dev.hyperflow.training.evaluate.EvaluateCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Calls {@code evaluate --stream} in this process. */
final class StreamVerb {

  private final Path directory;
  private final List<String> arguments = new ArrayList<>(List.of("--stream"));

  /** A call that keeps features below a directory. */
  StreamVerb(Path directory) {
    this.directory = directory;
  }

  StreamVerb data(String... files) {
    return with("--data").with(files);
  }

  StreamVerb with(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  StreamVerb withoutStreams() {
    arguments.remove("--stream");
    return this;
  }

  /** Runs, expects an exit code, and gives what it said on the error stream. */
  String run(int code, String... more) {
    StringWriter errors = new StringWriter();
    CommandLine line = Main.commandLine(new EvaluateCommand()).setErr(new PrintWriter(errors));
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--cache", directory.resolve("cache").toString()));
    all.addAll(List.of(more));
    assertThat(line.execute(all.toArray(new String[0]))).as(errors.toString()).isEqualTo(code);
    return errors.toString();
  }
}
