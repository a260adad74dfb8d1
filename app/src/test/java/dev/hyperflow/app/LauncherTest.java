package dev.hyperflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher of the repository in a tree of its own, with a build that only says so. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path LAUNCHER = Path.of("..", "hyperflow");
  private static final long SECONDS = 60;

  @TempDir Path directory;

  private Path tree;
  private Path jar;

  @BeforeEach
  void layOutATree() throws Exception {
    tree = Files.createDirectories(directory.toRealPath().resolve("a tree with spaces"));
    Files.copy(LAUNCHER, tree.resolve("hyperflow"));
    for (String module :
        List.of("schemas", "models", "engine", "topology", "server", "app", "demo", "benchmarks")) {
      write(module + "/pom.xml", "");
    }
    write("pom.xml", "");
    write("app/src/main/java/Source.java", "");
    write("app/src/main/java/Other.java", "");
    jar = tree.resolve("demo/target/hyperflow-demo.jar");
    // Stands in for Maven: makes the file the launcher waits for.
    write(
        "mvnw",
        """
        #!/bin/sh
        echo "$@" > asked
        case "$*" in
          *"-pl app -am"*) built=app/target/hyperflow.jar ;;
          *"-pl demo -am"*) built=demo/target/hyperflow-demo.jar ;;
          *"-pl benchmarks -am"*) built=benchmarks/target/hyperflow-benchmarks.jar ;;
        esac
        mkdir -p "${built%/*}" && echo built >> "$built"
        [ ! -e interrupted ]
        """);
    executable("mvnw");
    // Stands in for Java: tells a version, and repeats what it is given.
    write(
        "jdk/bin/java",
        """
        #!/bin/sh
        if [ "$1" = -XshowSettings:properties ]; then
          echo "    java.specification.version = ${FAKE_VERSION:-17}" >&2
        else
          echo "$@"
        fi
        """);
    executable("jdk/bin/java");
  }

  @Test
  void shouldBuildOnceThenOnlyWhenASourceIsNewer() throws Exception {
    assertThat(run("17", "demo")).contains("hyperflow: building", "-jar " + jar, "demo");
    assertThat(run("17", "demo")).doesNotContain("building");

    Files.setLastModifiedTime(
        tree.resolve("app/src/main/java/Source.java"),
        FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run("17", "demo")).contains("hyperflow: building");
  }

  @Test
  void shouldLeaveOutTheListOfComponentsThatOnlyAnImageNeeds() throws Exception {
    run("17", "demo");

    assertThat(tree.resolve("asked")).content().contains("-DskipTests", "-Dcyclonedx.skip");
  }

  @Test
  void shouldBuildAgainAfterABuildThatDidNotFinish() throws Exception {
    write("interrupted", "");
    assertThat(run("17", "demo")).contains("hyperflow: the build failed").doesNotContain("-jar");
    assertThat(jar).exists();

    Files.delete(tree.resolve("interrupted"));
    assertThat(run("17", "demo")).contains("hyperflow: building", "-jar " + jar);
    assertThat(run("17", "demo")).doesNotContain("building");
  }

  @Test
  void shouldPutOtherPeoplesJarsOnTheClassPath() throws Exception {
    run("17", "demo");
    assertThat(run("17", "demo", "--fast")).contains("-jar " + jar + " demo --fast");

    Files.createDirectories(tree.resolve("ext"));

    assertThat(run("17", "demo", "--fast"))
        .contains("-cp %s:%s/ext/* dev.hyperflow.demo.Main demo --fast".formatted(jar, tree))
        .doesNotContain("-jar");
  }

  @Test
  void shouldBuildAgainWhenASourceIsGone() throws Exception {
    run("17", "demo");

    Files.delete(tree.resolve("app/src/main/java/Other.java"));

    assertThat(run("17", "demo")).contains("hyperflow: building");
  }

  @Test
  void shouldBuildAndRunTheBenchFromItsOwnModule() throws Exception {
    run("17", "demo");

    assertThat(run("17", "bench", "--quick"))
        .contains(
            "hyperflow: building",
            "-jar " + tree.resolve("benchmarks/target/hyperflow-benchmarks.jar") + " --quick")
        .doesNotContain("bench --quick");
    assertThat(run("17", "bench", "--quick")).doesNotContain("building");
    assertThat(run("17", "demo")).contains("-jar " + jar).doesNotContain("building");
  }

  @Test
  void shouldNotBuildTheApplicationAgainForASourceOfTheBench() throws Exception {
    run("17", "demo");

    write("benchmarks/src/main/java/New.java", "");
    Files.setLastModifiedTime(
        tree.resolve("benchmarks/src/main/java/New.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run("17", "demo")).doesNotContain("building");
  }

  @Test
  void shouldNotBuildToExplainAVerb() throws Exception {
    run("17", "demo");
    Files.setLastModifiedTime(
        tree.resolve("app/src/main/java/Source.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run("17", "demo", "--help")).contains("-jar " + jar).doesNotContain("building");
    assertThat(run("17", "demo")).contains("hyperflow: building");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "bench", "train", "evaluate", "finetune"})
  void shouldHaveTheApplicationExplainAVerbThatIsNotBuilt(String verb) throws Exception {
    write("app/target/hyperflow.jar", "");
    Path application = tree.resolve("app/target/hyperflow.jar");

    assertThat(run("17", verb, "--help"))
        .contains("-jar %s %s --help".formatted(application, verb))
        .doesNotContain("building", "-Xmx");
    assertThat(run("17", "--help")).contains("-jar " + application).doesNotContain("building");
  }

  @Test
  void shouldHaveAVerbExplainItselfOnceItIsBuilt() throws Exception {
    write("app/target/hyperflow.jar", "");
    write("demo/target/hyperflow-demo.jar", "");

    assertThat(run("17", "demo", "--help"))
        .contains("-jar " + jar + " demo --help")
        .doesNotContain("building");
  }

  @Test
  void shouldListVerbsWithoutABuild() throws Exception {
    run("17", "run");
    Files.setLastModifiedTime(
        tree.resolve("app/src/main/java/Source.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run("17")).contains("-jar ").doesNotContain("building");
  }

  @Test
  void shouldBoundTheHeapOfADemoOnly() throws Exception {
    assertThat(run("17", "demo")).contains("-Xmx1g");
    assertThat(run("17", "run")).doesNotContain("-Xmx");
  }

  @Test
  void shouldWorkThroughASymbolicLinkFromAnywhere() throws Exception {
    Path elsewhere = Files.createDirectories(tree.resolve("somewhere/else"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("hf"), Path.of("../../hyperflow"));

    assertThat(run("17", elsewhere, link, "demo")).contains("-jar " + jar, "demo");
  }

  @Test
  void shouldNameTheJavaItNeedsAndTheOneItFound() throws Exception {
    assertThat(run("11", "demo"))
        .contains("hyperflow: expected Java 17 or newer, found 11")
        .doesNotContain("-jar");
    assertThat(run("1.8", "demo")).contains("expected Java 17 or newer, found 1.8");
  }

  @Test
  void shouldOpenNativeAccessWhereJavaAsksForIt() throws Exception {
    assertThat(run("17", "demo")).doesNotContain("--enable-native-access");
    assertThat(run("25", "demo")).contains("--enable-native-access=ALL-UNNAMED");
  }

  private String run(String javaVersion, String... args) throws Exception {
    return run(javaVersion, tree, tree.resolve("hyperflow"), args);
  }

  private String run(String javaVersion, Path from, Path launcher, String... args)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    Path output = directory.resolve("output");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", tree.resolve("jdk").toString());
    builder.environment().put("FAKE_VERSION", javaVersion);
    builder.environment().put("CDPATH", directory.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
          .as("ended within %d s", SECONDS)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  private void write(String name, String content) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void executable(String name) {
    assertThat(tree.resolve(name).toFile().setExecutable(true)).isTrue();
  }
}
