package dev.hyperflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.demo.broker.EmbeddedBroker;
import dev.hyperflow.demo.broker.LoopbackPorts;
import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.scenario.ScenarioStep;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.schemas.serde.SpecificAvroDeserializer;
import dev.hyperflow.server.JavaProcess;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a demo with SIGKILL, broker, registry, application and all, and starts it again.
 *
 * <p>What is compared with a run that nobody killed: an answer is a function of the query and the
 * support set, and names the fingerprint of the latter. How the two input topics interleave may
 * differ between runs, so only answers to the same query under the same fingerprint must be equal,
 * byte for byte. The closing queries come when all labels are applied; they must all be among
 * these.
 */
@Timeout(900)
class KilledDemoTest {

  private static final int SECONDS = 30;
  private static final int ANSWERS_BEFORE_THE_KILL = 60;
  private static final long PATIENCE_SECONDS = 180;

  @TempDir Path directory;

  @Test
  void shouldLoseNothingAndRepeatNothingWhenKilledInMidRun() throws Exception {
    // Given
    int port = LoopbackPorts.anyFree();
    Scenario scenario = scenario();
    Path place = directory.resolve("killed");
    try (JavaProcess first =
        JavaProcess.start(
            directory.resolve("first.out"), Main.class, List.of("-Xmx1g"), args(place, port))) {
      awaitAnswers(port, first);
      first.kill();
      assertThat(first.output()).doesNotContain("Summary");
    }
    // Read from a copy: the next broker on the directory itself must be the demo's.
    assertThat(Topic.read(copy(place, directory.resolve("copy"))).sent)
        .hasSizeLessThan(scenario.steps().size());

    // When
    String summary;
    try (JavaProcess second =
        JavaProcess.start(
            directory.resolve("second.out"), Main.class, List.of("-Xmx1g"), args(place, 0))) {
      summary = summaryOf(second);
    }
    try (JavaProcess calm =
        JavaProcess.start(
            directory.resolve("calm.out"),
            Main.class,
            List.of("-Xmx1g"),
            args(directory.resolve("calm"), 0))) {
      summaryOf(calm);
    }

    // Then
    List<String> queries = queryIds(scenario.steps());
    assertThat(summary)
        .contains("queries sent %1$d, answered %1$d, twice 0".formatted(queries.size()));
    Topic killed = Topic.read(directory.resolve("killed"));
    Topic calm = Topic.read(directory.resolve("calm"));
    assertThat(killed.sent).hasSameSizeAs(scenario.steps()).doesNotHaveDuplicates();
    assertThat(killed.answered).containsExactlyInAnyOrderElementsOf(queries);
    assertThat(killed.refused).containsExactlyInAnyOrderElementsOf(killed.broken.keySet());
    assertThat(killed.broken).hasSize(13);
    assertThat(sameUnderTheSameSupportSet(killed.predictions, calm.predictions))
        .containsAll(
            queryIds(scenario.steps().subList(scenario.closingIndex(), scenario.steps().size())));
  }

  /** What a demo prints at its end; how accurate it was is not this test's business. */
  private static String summaryOf(JavaProcess demo) throws InterruptedException {
    assertThat(demo.exitCode(PATIENCE_SECONDS))
        .as(demo::output)
        .isIn(ExitCode.OK.code(), ExitCode.FAILED.code());
    assertThat(demo.output().lines().filter(line -> line.contains("FAILED")))
        .as(demo::output)
        .allMatch(line -> line.contains("adaptation"));
    return demo.output();
  }

  /** Queries answered from the same support set in both runs; fails where such answers differ. */
  private static Set<String> sameUnderTheSameSupportSet(
      Map<String, Prediction> killed, Map<String, Prediction> calm) {
    Set<String> same = new HashSet<>();
    killed.forEach(
        (queryId, prediction) -> {
          Prediction other = calm.get(queryId);
          if (prediction.getSupportFingerprint().equals(other.getSupportFingerprint())) {
            assertThat(prediction).isEqualTo(other);
            same.add(queryId);
          }
        });
    return same;
  }

  private static List<String> queryIds(List<ScenarioStep> steps) {
    return steps.stream()
        .filter(ScenarioStep.Query.class::isInstance)
        .map(step -> ((ScenarioStep.Query) step).queryId())
        .toList();
  }

  private static Scenario scenario() {
    return Demo.scenario(options(), DemoData.load(Optional.empty(), FileForm.UNKNOWN).messages());
  }

  private static DemoOptions options() {
    return new DemoOptions(
        Duration.ofSeconds(SECONDS),
        1,
        DemoOptions.Pace.FAST,
        DemoOptions.Data.SHIPPED,
        Optional.empty(),
        new DemoOptions.Place(0, 0, -1, Optional.empty()));
  }

  private static List<String> args(Path dataDirectory, int port) {
    return List.of(
        "demo",
        "--fast",
        "--seconds=" + SECONDS,
        "--seed=1",
        "--http-port=0",
        "--port=" + port,
        "--registry-port=0",
        "--data-dir=" + dataDirectory);
  }

  private static void awaitAnswers(int port, JavaProcess demo) {
    Set<Coordinates> seen = new HashSet<>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(
            () -> {
              assertThat(demo.isAlive()).as(demo::output).isTrue();
              if (!isListening(port)) {
                return false;
              }
              String servers = LoopbackPorts.HOST + ":" + port;
              if (!topicNames(servers).contains(topics().predictions())) {
                return false;
              }
              try (TopicReader reader = new TopicReader(servers, List.of(topics().predictions()))) {
                reader.readToEnd(
                    r -> seen.add(new Coordinates(r.topic(), r.partition(), r.offset())));
              }
              return seen.size() >= ANSWERS_BEFORE_THE_KILL;
            });
  }

  /** Asked by connecting: who binds the port, if for a moment, takes it from the broker. */
  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }

  private static Set<String> topicNames(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      return admin.listTopics().names().get();
    }
  }

  private static Topics topics() {
    return ApplicationConfig.of(
            Map.of(
                "application.id", DemoPlatform.APPLICATION_ID,
                "bootstrap.servers", "unused:1",
                "schema.registry.url", "http://unused"))
        .topics();
  }

  /** What the topics of a finished demo hold, read by a broker started on its directory. */
  private static final class Topic {

    private final List<Integer> sent = new ArrayList<>();
    private final Map<Coordinates, ScenarioStep.Broken> broken = new HashMap<>();
    private final List<String> answered = new ArrayList<>();
    private final Map<String, Prediction> predictions = new HashMap<>();
    private final List<Coordinates> refused = new ArrayList<>();

    static Topic read(Path dataDirectory) throws Exception {
      Topic topic = new Topic();
      Topics names = topics();
      try (EmbeddedRegistry registry =
              EmbeddedRegistry.start(0, dataDirectory.resolve("registry/schemas.json"));
          EmbeddedBroker broker = EmbeddedBroker.start(dataDirectory.resolve("broker"), 0);
          TopicReader reader = new TopicReader(broker.bootstrapServers(), names.all());
          Deserializer<SpecificRecord> deserializer = new SpecificAvroDeserializer<>()) {
        deserializer.configure(Map.of("schema.registry.url", registry.url()), false);
        List<ScenarioStep> steps = scenario().steps();
        reader.readToEnd(record -> topic.enter(record, names, deserializer, steps));
      }
      return topic;
    }

    private void enter(
        ConsumerRecord<byte[], byte[]> record,
        Topics names,
        Deserializer<SpecificRecord> deserializer,
        List<ScenarioStep> steps) {
      if (record.topic().equals(names.predictions())) {
        Prediction prediction =
            (Prediction) deserializer.deserialize(record.topic(), record.value());
        answered.add(prediction.getQueryId());
        predictions.put(prediction.getQueryId(), prediction);
      } else if (record.topic().equals(names.deadLetters())) {
        DeadLetter letter = (DeadLetter) deserializer.deserialize(record.topic(), record.value());
        refused.add(
            new Coordinates(
                letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset()));
      } else {
        OptionalInt step = StepRecords.indexOf(record.headers());
        sent.add(step.getAsInt());
        if (steps.get(step.getAsInt()) instanceof ScenarioStep.Broken isBroken) {
          broken.put(
              new Coordinates(record.topic(), record.partition(), record.offset()), isBroken);
        }
      }
    }
  }
}
