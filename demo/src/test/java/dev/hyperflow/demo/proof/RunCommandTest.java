package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.Main;
import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.demo.broker.EmbeddedBroker;
import dev.hyperflow.demo.broker.LoopbackPorts;
import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.server.JavaProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
class RunCommandTest {

  private static final long SECONDS_TO_STOP = 10;

  @TempDir static Path brokerDirectory;
  private static EmbeddedBroker broker;
  private static EmbeddedRegistry registry;

  @TempDir Path directory;

  @BeforeAll
  static void startServers() {
    broker = EmbeddedBroker.start(brokerDirectory, 0);
    registry = EmbeddedRegistry.start(0);
  }

  @AfterAll
  static void stopServers() {
    registry.close();
    broker.close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldStopWithinTenSecondsOfSigterm() throws Exception {
    Path config = config("stopping", Map.of());
    try (JavaProcess process =
        JavaProcess.start(
            directory.resolve("out"),
            Main.class,
            List.of("-Xmx1g"),
            List.of("run", "--config", config.toString()))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !process.isAlive() || process.output().contains("running"));

      process.terminate();

      assertThat(process.exitCode(SECONDS_TO_STOP))
          .as(process::output)
          .isEqualTo(ExitCode.OK.code());
      assertThat(process.output())
          .contains("The application stops on request", "The application has stopped");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldEndWithOneLineThatNamesTheCause() throws Exception {
    Map<String, String> shared =
        Map.of(
            "kafka.group.instance.id",
            "pod",
            "kafka.consumer.session.timeout.ms",
            "5000", // which the second process waits for
            "kafka.consumer.heartbeat.interval.ms",
            "500",
            "http.port",
            "-1");
    Path one = config("fenced", with(shared, "state.dir", directory.resolve("one").toString()));
    try (JavaProcess first = run(one, "one.out")) {
      awaitRunning(first);
      Path two = config("fenced", with(shared, "state.dir", directory.resolve("two").toString()));
      try (JavaProcess second = run(two, "two.out")) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !second.isAlive());

        assertThat(second.exitCode(SECONDS_TO_STOP)).isEqualTo(ExitCode.STARTUP.code());
        assertThat(second.output().lines().reduce((before, last) -> last).orElseThrow())
            .contains("kafka.group.instance.id", "'pod'");
        assertThat(first.isAlive()).isTrue();
      }
    }
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return more;
  }

  private JavaProcess run(Path config, String output) {
    return JavaProcess.start(
        directory.resolve(output),
        Main.class,
        List.of("-Xmx300m"),
        List.of("run", "--config", config.toString()));
  }

  private static void awaitRunning(JavaProcess process) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !process.isAlive() || process.output().contains("running"));
  }

  @Test
  void shouldRefuseToStartWithoutABroker() throws Exception {
    String nobody = LoopbackPorts.HOST + ":" + LoopbackPorts.anyFree();

    String error =
        startupError(
            "no-broker", Map.of("bootstrap.servers", nobody, "startup.timeout.ms", "3000"));

    assertThat(error).contains("expected", "found", nobody);
  }

  @Test
  void shouldRefuseToStartWithoutARegistry() throws Exception {
    String nobody = "http://" + LoopbackPorts.HOST + ":" + LoopbackPorts.anyFree();

    String error =
        startupError(
            "no-registry", Map.of("schema.registry.url", nobody, "startup.timeout.ms", "3000"));

    assertThat(error).contains("registry", "expected", "found", nobody);
  }

  @Test
  void shouldRefuseToStartWithoutABundle() throws Exception {
    String nowhere = directory.resolve("no-such-bundle").toString();

    String error = startupError("no-bundle", Map.of("bundle", nowhere));

    assertThat(error).contains("bundle", nowhere, "expected", "found");
  }

  @Test
  void shouldRefuseToStartOnTopicsThatAreNotPartitionedAlike() throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("uneven-support", 2, (short) 1),
                  new NewTopic("uneven-queries", 3, (short) 1)))
          .all()
          .get();
    }

    String error = startupError("uneven", Map.of("topics.partitions", "2"));

    assertThat(error).contains("uneven-support", "uneven-queries", "expected", "2", "found", "3");
  }

  /** The one line that a failed start prints. */
  private String startupError(String name, Map<String, String> changes) throws Exception {
    StringWriter err = new StringWriter();
    CommandLine line = CommandLineInterface.create().setErr(new PrintWriter(err, true));

    int exitCode = line.execute("run", "--config", config(name, changes).toString());

    assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.STARTUP.code());
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString();
  }

  private Path config(String name, Map<String, String> changes) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("application.id", name);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("topics.support", name + "-support");
    settings.put("topics.queries", name + "-queries");
    settings.put("topics.predictions", name + "-predictions");
    settings.put("topics.dead-letters", name + "-dead-letters");
    settings.put("topics.create", "true");
    settings.put("topics.partitions", "2");
    settings.put("topics.replication-factor", "1");
    settings.put("state.dir", directory.resolve("state").toString());
    settings.putAll(changes);
    String text =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n"));
    return Files.writeString(directory.resolve(name + ".properties"), text);
  }
}
