package dev.hyperflow.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Rules that images, compose file and chart keep. That the image's files run as they are laid out
 * is shown by docker/check-layout.sh, what other tools say by docker/check.sh.
 */
class ImageTest {
  private static final Path DOCKER = Path.of("../docker");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
  void shouldKeepTheRulesOfImages(String name) throws IOException {
    List<String> lines =
        Files.readAllLines(DOCKER.resolve(name)).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();

    // Bases are pinned to a version
    assertThat(lines.stream().filter(line -> line.startsWith("FROM ")))
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).matches("FROM \\S+:\\S*\\d\\S*( AS \\w+)?|FROM \\S+:\\$.*"))
        .noneSatisfy(line -> assertThat(line).contains("latest"));
    assertThat(lines.stream().filter(line -> line.startsWith("ARG ")))
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches("ARG ([A-Z_]+=\\d+(\\.\\d+)+\\S*|REVISION=unknown|[A-Z]+_VERSION)"));
    // No root, no shell between the signal and the process, nothing fetched by hand
    assertThat(lines).contains("USER 10001:10001", "STOPSIGNAL SIGTERM");
    assertThat(lines.indexOf("USER 10001:10001")).isLessThan(index(lines, "ENTRYPOINT"));
    assertThat(lines.get(index(lines, "ENTRYPOINT"))).startsWith("ENTRYPOINT [\"java\"");
    assertThat(lines.get(index(lines, "CMD"))).startsWith("CMD [");
    assertThat(lines).noneMatch(line -> line.startsWith("ADD ") || line.contains("curl "));
    assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK "));
    // The least often changed first
    assertThat(lines.stream().filter(line -> line.startsWith("COPY --from=build")))
        .containsExactly(
            "COPY --from=build /layers/dependencies/ /",
            "COPY --from=build /layers/models/ /",
            "COPY --from=build /layers/app/ /");
    assertThat(DOCKER.resolve(name + ".dockerignore")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
  void shouldSayWhatAnImageIs(String name) throws IOException {
    String file = Files.readString(DOCKER.resolve(name));
    String pom = Files.readString(Path.of("../pom.xml"));

    assertThat(file)
        .contains(
            "image.title=",
            "image.description=",
            "image.licenses=\"Apache-2.0\"",
            "image.version=\"${VERSION}\"",
            "image.revision=\"${REVISION}\"",
            "image.vendor=",
            "image.base.name=",
            "image.url=\"" + text(pom, "<url>", "</url>") + "\"",
            "image.source=\"" + text(pom, "</developerConnection>\n    <url>", "</url>") + "\"",
            "-Dgit.commit.id.full=\"$REVISION\"",
            "COPY LICENSE NOTICE ",
            "chown 10001:0 /var/lib/hyperflow ",
            "chmod g=u /var/lib/hyperflow");
    assertThat(file)
        .as("the version of the POM")
        .contains("ARG VERSION=" + text(pom, "\n  <version>", "</version>") + "\n");
  }

  private static String text(String file, String before, String after) {
    int start = file.indexOf(before) + before.length();
    return file.substring(start, file.indexOf(after, start));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldSortABuildIntoLayers() throws Exception {
    build("hyperflow-topology", "onnxruntime", "onnxruntime_gpu", "tokenizers", "kafka-clients");

    assertThat(layers()).isEmpty();
    assertThat(files("dependencies")).containsExactly("lib/kafka-clients-1.jar");
    assertThat(files("models")).hasSize(3);
    assertThat(files("app"))
        .containsExactly("hyperflow.jar", "lib/hyperflow-topology-1.jar", "sbom.json");
  }

  /** NOTICE is checked against the list alone. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldShipNoJarThatTheListOfComponentsLacks() throws Exception {
    build("kafka-clients");
    Files.writeString(directory.resolve("target/lib/stranger-1.jar"), "jar");

    assertThat(layers()).contains("expected stranger-1.jar in ").contains("shipped.txt");
  }

  /** A build with these jars, in version 1. */
  private void build(String... names) throws IOException {
    Path target = Files.createDirectories(directory.resolve("target"));
    Files.createDirectories(target.resolve("lib"));
    StringBuilder list = new StringBuilder();
    for (String name : names) {
      Files.writeString(target.resolve("lib/" + name + "-1.jar"), name);
      list.append("   org.example:%s:jar:1:compile:/m2/%s-1.jar\n".formatted(name, name));
    }
    Files.writeString(target.resolve("shipped.txt"), list);
    Files.writeString(target.resolve("sbom.json"), "{}");
    Files.writeString(target.resolve("hyperflow.jar"), "jar");
  }

  /** Runs the script; what it says. */
  private String layers() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                DOCKER.resolve("layers.sh").toString(),
                directory.resolve("target").toString(),
                directory.resolve("out").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue() == 0).as(output).isEqualTo(output.isEmpty());
    return output;
  }

  @Test
  void shouldComposeServicesThatArePinnedAndHardened() throws IOException {
    Map<String, Object> compose = yaml("compose.yaml");
    Map<?, ?> services = (Map<?, ?>) compose.get("services");
    assertThat(services.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrder("kafka", "registry", "app", "load", "prometheus", "grafana");
    for (Map.Entry<?, ?> entry : services.entrySet()) {
      Map<?, ?> service = (Map<?, ?>) entry.getValue();
      String image = (String) service.get("image");
      assertThat(image).as("%s", entry.getKey()).contains(":");
      if (!image.startsWith("hyperflow:")) {
        assertThat(image).doesNotContain("latest").matches(".*:v?\\d+\\..*");
      }
      // Nothing listens beyond this machine
      if (service.get("ports") instanceof List<?> ports) {
        assertThat(ports).allSatisfy(port -> assertThat((String) port).startsWith("127.0.0.1:"));
      }
      // What is mounted from here is here; secrets are made by the user
      if (service.get("volumes") instanceof List<?> volumes) {
        volumes.stream()
            .map(volume -> ((String) volume).replaceFirst(":.*", ""))
            .filter(source -> source.startsWith("./"))
            .forEach(source -> assertThat(DOCKER.resolve(source)).exists());
      }
    }
    Map<?, ?> app = (Map<?, ?>) services.get("app");
    assertThat(app.get("read_only")).isEqualTo(true);
    assertThat(app.get("cap_drop")).isEqualTo(List.of("ALL"));
    String kafka = (String) ((Map<?, ?>) services.get("kafka")).get("image");
    assertThat(Files.readString(Path.of("../pom.xml")))
        .as("Kafka's image has the version of its clients")
        .contains("<kafka.version>" + kafka.substring(kafka.indexOf(':') + 1) + "<");
  }

  @Test
  void shouldHaveValuesThatTheirSchemaKnows() throws IOException {
    Map<String, Object> values = yaml("helm/hyperflow/values.yaml");
    Map<String, Object> schema = yaml("helm/hyperflow/values.schema.json");

    assertThat(((Map<?, ?>) schema.get("properties")).keySet().stream().map(Object::toString))
        .containsAll(values.keySet());
    assertThat(schema.get("additionalProperties")).isEqualTo(false);
    String chart = yaml("helm/hyperflow/Chart.yaml").get("appVersion").toString();
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<version>" + chart + "</version>");
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return new Yaml().load(Files.readString(DOCKER.resolve(file)));
  }

  private List<String> files(String layer) throws IOException {
    Path home = directory.resolve("out").resolve(layer).resolve("opt/hyperflow");
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString().toLowerCase(Locale.ROOT))
          .sorted()
          .toList();
    }
  }

  private static int index(List<String> lines, String instruction) {
    return lines.indexOf(
        lines.stream()
            .filter(line -> line.startsWith(instruction + " ["))
            .reduce((a, b) -> b)
            .get());
  }
}
