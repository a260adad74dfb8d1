package dev.hyperflow.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Rules that the workflows of build, release, image and chart keep. */
class WorkflowsTest {
  private static final Path WORKFLOWS = Path.of("../.github/workflows");
  private static final Pattern SCRIPT = Pattern.compile("(?:release|docker)/[a-z-]+\\.sh|\\./mvnw");

  static Stream<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void shouldBuildReleaseAndPackImageAndChart() throws IOException {
    assertThat(workflows().map(file -> file.getFileName().toString()))
        .containsExactly("build.yml", "chart.yml", "image.yml", "release.yml");
  }

  /** A tag can be moved, a commit cannot. The comment says its version to people. */
  @ParameterizedTest
  @MethodSource("workflows")
  void shouldPinEveryActionToACommit(Path file) throws IOException {
    assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("uses:")))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line).matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldAskForTheLeast(Path file) throws IOException {
    String text = Files.readString(file);
    Map<String, Object> workflow = new Yaml().load(text);

    assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
    assertThat(text).doesNotContain("pull_request_target", "write-all", "contents: write");
    Map<?, ?> jobs = (Map<?, ?>) workflow.get("jobs");
    assertThat(jobs.values())
        .allSatisfy(
            job -> {
              Map<?, ?> of = (Map<?, ?>) job;
              assertThat((Integer) of.get("timeout-minutes")).isPositive();
              assertThat(of.get("runs-on").toString()).matches("ubuntu-\\d+\\.\\d+");
              if (of.get("permissions") instanceof Map<?, ?> permissions) {
                assertThat(Set.<Object>of("contents", "packages"))
                    .containsAll(permissions.keySet());
              }
              assertThat((List<?>) of.get("steps")).isNotEmpty();
            });
    assertThat(text.split("actions/checkout", -1))
        .as("no token stays in the work tree")
        .hasSameSizeAs(text.split("persist-credentials: false", -1));
  }

  /** What a shell reads is in its environment: an expression in a script is code of a stranger. */
  @ParameterizedTest
  @MethodSource("workflows")
  void shouldPutNoExpressionIntoAScript(Path file) throws IOException {
    Map<String, Object> workflow = new Yaml().load(Files.readString(file));
    for (Object job : ((Map<?, ?>) workflow.get("jobs")).values()) {
      for (Object step : (List<?>) ((Map<?, ?>) job).get("steps")) {
        if (((Map<?, ?>) step).get("run") instanceof String run) {
          assertThat(run).doesNotContain("${{");
          SCRIPT
              .matcher(run)
              .results()
              .forEach(script -> assertThat(Path.of("..", script.group())).isExecutable());
        }
      }
    }
  }
}
