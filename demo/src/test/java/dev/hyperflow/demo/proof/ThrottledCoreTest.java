package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole application with its encoder on a third of one core: one stream thread has twelve
 * partitions, and in each of them as many texts wait as a batch holds.
 */
@EnabledOnOs(OS.LINUX)
@Tag("chaos")
@Timeout(1200)
class ThrottledCoreTest {

  private static final int PARTITIONS = 12;
  private static final int TEXTS = 64 * PARTITIONS;
  private static final int HOGS = 2;
  private static final List<String> ON_ONE_CORE = List.of("taskset", "-c", "0");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @TempDir Path directory;
  private final List<Process> hogs = new ArrayList<>();

  @Test
  void shouldEncodeEachTextOnceAndNeverBeFenced() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      Cell cell =
          Cell.of("throttled", Cell.Guarantee.EXACTLY_ONCE_V2, Cell.Protocol.CLASSIC, 0)
              .with("bundle", "classpath:bundles/minilm-drift-v2")
              .with("stream.threads", "1")
              .with("encoder.cache-texts", "0")
              .with("kafka.producer.transaction.timeout.ms", "10000")
              .with("kafka.consumer.session.timeout.ms", "45000")
              .with("kafka.consumer.heartbeat.interval.ms", "3000")
              .with("topics.partitions", Integer.toString(PARTITIONS));
      Application application = Application.on(platform, cell);
      platform.createTopics(application.inputs(), PARTITIONS, Map.of());
      int port = Ports.free();
      try (ApplicationProcess process =
          application.instance(0, Map.of("http.port", Integer.toString(port)))) {
        process.launch(new ApplicationProcess.Launch("512m", ON_ONE_CORE, Map.of()));
        // Given texts that wait
        send(platform, application);
        hog();

        // When
        long start = System.nanoTime();
        process.start();
        process.awaitRunning();
        Awaitility.await("all texts answered")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .failFast("the application has ended", process::requireUp)
            .until(() -> application.outcome().answerCount() >= TEXTS);

        // Then
        Fates fates = Fates.of(port);
        System.out.printf(
            "throttled core: %d texts in %d s: %s%n",
            TEXTS, Duration.ofNanos(System.nanoTime() - start).toSeconds(), fates);
        assertThat(application.outcome().answers()).hasSize(TEXTS);
        assertThat(application.outcome().answerCount()).isEqualTo(TEXTS);
        assertThat(fates.encoded()).isEqualTo(TEXTS);
        assertThat(fates.records()).isEqualTo(TEXTS);
        process.requireNotSaid("A stream thread failed");
      }
    } finally {
      hogs.forEach(Process::destroyForcibly);
    }
  }

  private void hog() throws IOException {
    for (int i = 0; i < HOGS; i++) {
      List<String> command = new ArrayList<>(ON_ONE_CORE);
      command.addAll(List.of("sh", "-c", "while :; do :; done"));
      hogs.add(new ProcessBuilder(command).start());
    }
  }

  private static void send(Platform platform, Application application) throws Exception {
    try (SpecificAvroSerializer<SpecificRecord> serializer = platform.serializer();
        Sender sender =
            new Sender(platform.bootstrapServers(), application.topics(), new Faults())) {
      for (int i = 0; i < TEXTS; i++) {
        byte[] key = ("tenant-" + i).getBytes(StandardCharsets.UTF_8);
        QueryEvent query =
            new QueryEvent("q" + i, new TextPayload("order number " + i + " has not arrived yet"));
        byte[] value = serializer.serialize(application.topics().queries(), query);
        sender.send(Piece.query(key, value, "q" + i));
      }
      sender.flush();
    }
  }
}
