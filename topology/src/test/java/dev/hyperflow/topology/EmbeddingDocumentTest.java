package dev.hyperflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.testing.HyperFlowTestDriver;
import dev.hyperflow.topology.testing.TestBroker;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles every Java block of docs/embedding.md and runs those that are marked.
 *
 * <p>A block that begins with an annotation is a class; the others are statements of a method. The
 * annotations of Spring and Quarkus are stubs that this test writes: the blocks of these frameworks
 * are compiled against the names that they use, and not run.
 */
@Timeout(300)
class EmbeddingDocumentTest {
  private static final Path PAGE = Path.of("../docs/embedding.md");
  private static final Pattern BLOCK =
      Pattern.compile("(<!-- run -->\n)?```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>", Pattern.DOTALL);

  private static final List<String> STUBS =
      List.of(
          "org.springframework.context.annotation.Configuration",
          "org.springframework.context.annotation.Bean String destroyMethod()",
          "org.springframework.beans.factory.annotation.Value String value()",
          "jakarta.enterprise.context.ApplicationScoped",
          "jakarta.enterprise.inject.Produces",
          "jakarta.enterprise.inject.Disposes",
          "jakarta.inject.Singleton",
          "org.eclipse.microprofile.config.inject.ConfigProperty String name()",
          "io.quarkus.runtime.Startup");

  private static final String IMPORTS =
      """
      import static org.assertj.core.api.Assertions.assertThat;
      import dev.hyperflow.engine.*;
      import dev.hyperflow.events.*;
      import dev.hyperflow.topology.*;
      import dev.hyperflow.topology.testing.*;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.Map;
      import org.apache.kafka.common.serialization.*;
      import org.apache.kafka.streams.*;
      import org.apache.kafka.streams.kstream.*;
      """;

  @TempDir static Path classes;
  @TempDir static Path state;

  private record Block(int number, boolean run, String text) {
    boolean isClass() {
      return text.startsWith("@");
    }

    String type() {
      return "page.Block" + number;
    }

    /** A compilation unit. */
    String source() {
      StringBuilder source = new StringBuilder();
      if (isClass()) {
        source.append("package page.block").append(number).append(";\n").append(IMPORTS);
        STUBS.stream()
            .map(stub -> stub.split(" ", 2)[0])
            .forEach(stub -> source.append("import ").append(stub).append(";\n"));
        return source.append(text).toString();
      }
      source.append("package page;\n").append(IMPORTS);
      source.append("import dev.hyperflow.topology.EmbeddingPage.*;\n");
      source.append("public class Block").append(number).append(" {\n");
      source.append("  public static void run(Given given) throws Exception {\n");
      for (var given : EmbeddingPage.Given.class.getRecordComponents()) {
        source
            .append("    var ")
            .append(given.getName())
            .append(" = given.")
            .append(given.getName())
            .append("();\n");
      }
      return source.append(text).append("  }\n}\n").toString();
    }

    @Override
    public String toString() {
      return "block " + number + ": " + text.lines().findFirst().orElse("");
    }
  }

  @BeforeAll
  static void compile() throws IOException {
    List<JavaFileObject> units = new ArrayList<>();
    for (String stub : STUBS) {
      String[] parts = stub.split(" ", 2);
      int dot = parts[0].lastIndexOf('.');
      String members = parts.length == 1 ? "" : parts[1] + ";";
      units.add(
          unit(
              parts[0],
              "package %s;\npublic @interface %s { %s }"
                  .formatted(parts[0].substring(0, dot), parts[0].substring(dot + 1), members)));
    }
    for (Block block : blocks().toList()) {
      units.add(
          unit(
              block.isClass() ? "page.block" + block.number() + ".Routing" : block.type(),
              block.source()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    assertThat(compiler.getTask(messages, null, null, options, null, units).call())
        .as(() -> messages.toString())
        .isTrue();
  }

  @Test
  void shouldFindTheBlocksOfThePage() throws IOException {
    assertThat(blocks()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(blocks().filter(block -> !block.run())).allMatch(Block::isClass).hasSize(2);
  }

  @Test
  void shouldNameArtifactsOfThisBuild() throws IOException {
    String build = Files.readString(Path.of("../pom.xml"));
    String version = textOf(build, "version");
    Matcher artifacts = ARTIFACT.matcher(Files.readString(PAGE));
    List<String> ours = new ArrayList<>();
    while (artifacts.find()) {
      boolean isOurs = artifacts.group(1).startsWith("hyperflow-");
      assertThat(artifacts.group(2))
          .as(artifacts.group(1))
          .isEqualTo(isOurs ? version : textOf(build, "kafka.version"));
      if (isOurs) {
        ours.add(artifacts.group(1).replace("hyperflow-", ""));
      }
    }

    assertThat(ours)
        .isNotEmpty()
        .allSatisfy(module -> assertThat(Path.of("..", module, "pom.xml")).exists());
  }

  private static String textOf(String build, String element) {
    Matcher matcher = Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element)).matcher(build);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  static Stream<Block> runnable() throws IOException {
    return blocks().filter(Block::run);
  }

  @ParameterizedTest
  @MethodSource("runnable")
  void shouldRun(Block block) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      EmbeddingPage.Given given = given();

      loader
          .loadClass(block.type())
          .getMethod("run", EmbeddingPage.Given.class)
          .invoke(null, given);

      if (block.text().contains("HyperFlow.personalize")) {
        assertThat(given.builder().build().describe().toString()).contains("routing-engine");
      }
    }
  }

  /** An application of its own on the test's broker, which is asked to stop as soon as it runs. */
  private static EmbeddingPage.Given given() throws IOException {
    String id = TestBroker.freshName("page");
    Map<String, String> settings = HyperFlowTestDriver.settings(Map.of());
    settings.put("application.id", id);
    settings.put("state.dir", state.toString());
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    settings.put("topics.partitions", "1");
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + topic, id + "-" + topic);
    }
    SpecificAvroSerde<SupportEvent> labels = new SpecificAvroSerde<>();
    SpecificAvroSerde<QueryEvent> queries = new SpecificAvroSerde<>();
    labels.configure(settings, false);
    queries.configure(settings, false);
    return new EmbeddingPage.Given(
        HyperFlowConfig.of(settings), new StreamsBuilder(), labels, queries, new CountDownLatch(0));
  }

  private static Stream<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(new Block(blocks.size() + 1, matcher.group(1) != null, matcher.group(2)));
    }
    return blocks.stream();
  }

  private static JavaFileObject unit(String type, String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
