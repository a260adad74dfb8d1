package dev.hyperflow.app.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code release/CheckBundle.java} accepts a complete bundle, and names each thing that lacks. */
class CheckBundleTest {
  private static final String GROUP = "dev/hyperflow/";
  private static final String PARENT =
      """
      <project>
        <groupId>dev.hyperflow</groupId>
        <artifactId>%s</artifactId>
        <version>1.0.0</version>
        <packaging>pom</packaging>
        <name>n</name>
        <description>d</description>
        <url>https://hyperflow.dev</url>
        <licenses><license><name>Apache-2.0</name><url>u</url></license></licenses>
        <developers><developer><name>authors</name></developer></developers>
        <scm>
          <url>u</url><connection>c</connection><developerConnection>d</developerConnection>
        </scm>
      </project>
      """;
  private static final String LIBRARY =
      """
      <project>
        <parent>
          <groupId>dev.hyperflow</groupId>
          <artifactId>hyperflow-parent</artifactId>
          <version>1.0.0</version>
        </parent>
        <artifactId>%s</artifactId>
        <name>n</name>
        <description>d</description>
      </project>
      """;

  @TempDir Path directory;

  private final Map<String, byte[]> files = new TreeMap<>();

  @Test
  void shouldAcceptACompleteBundle() throws Exception {
    complete();

    assertThat(check())
        .isEqualTo(
            List.of(
                "bundle: 6 artifacts, 22 files, 44 checksums, signatures NOT CHECKED; 0 findings"));
  }

  @Test
  void shouldNameEverythingThatIsWrong() throws Exception {
    complete();
    String engine = GROUP + "hyperflow-engine/1.0.0/hyperflow-engine-1.0.0";
    String models = GROUP + "hyperflow-models/1.0.0/hyperflow-models-1.0.0";
    files.remove(engine + "-sources.jar");
    files.remove(engine + "-javadoc.jar");
    files.remove(engine + ".jar.md5");
    files.put(engine + ".jar.sha1", "00".getBytes(UTF_8));
    text(
        models + ".pom",
        LIBRARY.formatted("hyperflow-models").replace("<description>d</description>", "")
            + "<!-- 2.0-SNAPSHOT -->");
    text(GROUP + "hyperflow-demo/1.0.0-SNAPSHOT/hyperflow-demo-1.0.0-SNAPSHOT.jar", "jar");

    assertThat(String.join("\n", check()))
        .contains(
            engine + "-sources.jar: is missing",
            engine + "-javadoc.jar: is missing",
            engine + ".jar.md5: is missing",
            engine + ".jar.sha1: is not the checksum of its file",
            models + ".pom: expected description, found none",
            models + ".pom: expected no snapshot among its dependencies",
            "hyperflow-demo/1.0.0-SNAPSHOT/: expected a release, found a snapshot",
            "expected the artifacts [hyperflow-bom, ")
        .doesNotContain("0 findings");
  }

  private void complete() throws NoSuchAlgorithmException {
    for (String name : List.of("bom", "parent")) {
      String artifact = "hyperflow-" + name;
      text(GROUP + artifact + "/1.0.0/" + artifact + "-1.0.0.pom", PARENT.formatted(artifact));
    }
    for (String name : List.of("engine", "models", "schemas", "topology")) {
      String artifact = "hyperflow-" + name;
      String stem = GROUP + artifact + "/1.0.0/" + artifact + "-1.0.0";
      text(stem + ".pom", LIBRARY.formatted(artifact));
      for (String end : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
        text(stem + end, artifact + end);
      }
    }
  }

  private void text(String name, String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(UTF_8);
    files.put(name, bytes);
    for (Map.Entry<String, String> sum : Map.of(".md5", "MD5", ".sha1", "SHA-1").entrySet()) {
      byte[] digest = MessageDigest.getInstance(sum.getValue()).digest(bytes);
      files.put(name + sum.getKey(), HexFormat.of().formatHex(digest).getBytes(UTF_8));
    }
  }

  /** What the check says, line by line; it fails exactly when it finds something. */
  private List<String> check() throws IOException, InterruptedException {
    Path bundle = directory.resolve("bundle.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Path.of("../release/CheckBundle.java").toString(),
                "--unsigned",
                bundle.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue() == 0).as(said).isEqualTo(said.contains(" 0 findings"));
    return said.lines().toList();
  }
}
