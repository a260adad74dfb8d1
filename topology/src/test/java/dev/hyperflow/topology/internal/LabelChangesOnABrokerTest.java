package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Renamed and merged labels over restarts and replays of the whole application. */
@Timeout(300)
class LabelChangesOnABrokerTest {
  private static final String LATE = "green";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "exactly_once_v2,gate,false",
    "exactly_once_v2,inbox,true",
    "at_least_once,gate,true"
  })
  void shouldAnswerAfterARestartAsTaughtFromTheStart(
      String guarantee, String durability, boolean losesDisk) throws Exception {
    Map<String, String> settings =
        Map.of("processing.guarantee", guarantee, "batch.durability", durability);
    Prediction told = taughtFromTheStart(settings);
    try (BrokerFixture app = new BrokerFixture(directory.resolve("changed"), settings)) {
      // Given labels that were renamed and merged, and an application that stopped
      app.start();
      app.teach();
      send(app, SupportOperation.RENAME_LABEL, "red", "scarlet");
      app.send("support", 0, TopologyFixture.example("e3", LATE, 0f, 1f, 0.5f, 0f));
      send(app, SupportOperation.MERGE_LABELS, LATE, "blue");
      app.ask(0, 1);
      Prediction before = app.awaitPredictions(1).get(0).prediction();
      assertThat(comparable(before)).isEqualTo(comparable(told));
      app.stop();
      if (losesDisk) {
        deleteAll(directory.resolve("changed"));
      }

      // When it starts again, and the same events come again
      app.start();
      send(app, SupportOperation.RENAME_LABEL, "red", "scarlet");
      send(app, SupportOperation.MERGE_LABELS, LATE, "blue");
      app.ask(2, 3);

      // Then
      Prediction after = app.awaitPredictions(2).get(1).prediction();
      assertThat(comparable(after)).isEqualTo(comparable(told));
      assertThat(after.getLabel()).isEqualTo("scarlet");
    }
  }

  @Test
  void shouldSendARenameToATakenNameToTheDeadLetters() throws Exception {
    try (BrokerFixture app = new BrokerFixture(directory, Map.of())) {
      app.start();
      app.teach();
      send(app, SupportOperation.RENAME_LABEL, "red", "blue");

      DeadLetter letter = app.letter(app.awaitDeadLetters(1).get(0));

      assertThat(letter.getReason()).isEqualTo("LABEL_EXISTS");
      assertThat(letter.getMessage()).contains("targetLabel", "'blue'", "MERGE_LABELS");
    }
  }

  private Prediction taughtFromTheStart(Map<String, String> settings) throws Exception {
    try (BrokerFixture app = new BrokerFixture(directory.resolve("told"), settings)) {
      app.start();
      app.send("support", 0, TopologyFixture.example("e1", "scarlet", 1f, 0f, 0f, 0f));
      app.send("support", 0, TopologyFixture.example("e2", "blue", 0f, 1f, 0f, 0f));
      app.send("support", 0, TopologyFixture.example("e3", "blue", 0f, 1f, 0.5f, 0f));
      app.awaitCommitted("support");
      app.ask(0, 1);
      return app.awaitPredictions(1).get(0).prediction();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Object> comparable(Prediction prediction) {
    return List.of(
        prediction.getSupportFingerprint(),
        prediction.getTopLabels(),
        prediction.getSupportCount(),
        prediction.getLabelCount(),
        prediction.getInitialLabel());
  }

  private static void send(
      BrokerFixture app, SupportOperation operation, String label, String target) {
    app.send(
        "support",
        0,
        SupportEvent.newBuilder()
            .setEventId(operation + " " + label)
            .setOperation(operation)
            .setLabel(label)
            .setTargetLabel(target)
            .build());
    app.awaitCommitted("support");
  }
}
