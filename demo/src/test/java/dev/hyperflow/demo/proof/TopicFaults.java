package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Faults of what the brokers keep for the application: topics and offsets. */
final class TopicFaults {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private TopicFaults() {}

  /** The topic of answers is deleted under the running application; a restart makes it anew. */
  static void deletedOutput(Stage stage) throws Exception {
    ApplicationProcess application = stage.first();
    application.start();
    for (int round = 0; round < stage.cell().kills(); round++) {
      application.awaitRunning();
      Moment.within(stage.random(), 2000).await();
      stage.calm().begin();
      stage.application().keepAnswers();
      delete(stage, List.of(stage.application().topics().predictions()));
      stage.calm().end();
      application.awaitSaid("The application cannot work", 1);
      application.kill();
      stage.faults().happened();
      application.start();
    }
    application.awaitRunning();
  }

  /**
   * A changelog is deleted. The start refuses, and all state is rebuilt from the support topic as
   * docs/operations.md says. What that topic holds in error is refused again.
   */
  static void deletedChangelog(Stage stage) throws Exception {
    ApplicationProcess application = stage.first();
    application.start();
    for (int round = 0; round < stage.cell().kills(); round++) {
      application.awaitRunning();
      Moment.within(stage.random(), 2000).await();
      stage.calm().begin();
      application.stop();
      Map<TopicPartition, OffsetAndMetadata> offsets = committed(stage);
      List<String> changelogs = changelogs(stage);
      delete(stage, List.of(changelogs.get(stage.random().nextInt(changelogs.size()))));
      application.start();
      assertThat(application.awaitFailure()).contains("state: expected topic");
      stage.application().keepRefusedQueries();
      delete(stage, List.of(stage.application().topics().deadLetters()));
      delete(stage, changelogs(stage));
      application.deleteState();
      offsets.replaceAll(
          (place, at) ->
              place.topic().equals(stage.application().topics().support())
                  ? new OffsetAndMetadata(0)
                  : at);
      commit(stage, offsets);
      stage.faults().happened();
      application.start();
      stage.calm().end();
    }
    application.awaitRunning();
  }

  /** The group's offsets are deleted. The start refuses until they are set again. */
  static void groupReset(Stage stage) throws Exception {
    ApplicationProcess application = stage.first();
    application.start();
    for (int round = 0; round < stage.cell().kills(); round++) {
      application.awaitRunning();
      Moment.within(stage.random(), 2000).await();
      application.stop();
      Map<TopicPartition, OffsetAndMetadata> offsets = committed(stage);
      await("no member is left")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                try (Admin admin = stage.platform().admin()) {
                  String group = stage.application().id();
                  admin.deleteConsumerGroupOffsets(group, offsets.keySet()).all().get();
                  return true;
                }
              });
      application.start();
      assertThat(application.awaitFailure()).contains("offsets: expected offsets of group");
      commit(stage, offsets);
      stage.faults().happened();
      application.start();
    }
    application.awaitRunning();
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(Stage stage) throws Exception {
    try (Admin admin = stage.platform().admin()) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets(stage.application().id())
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((place, at) -> offsets.put(place, new OffsetAndMetadata(at.offset())));
      return offsets;
    }
  }

  private static void commit(Stage stage, Map<TopicPartition, OffsetAndMetadata> offsets) {
    await("the group takes offsets")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              try (Admin admin = stage.platform().admin()) {
                admin.alterConsumerGroupOffsets(stage.application().id(), offsets).all().get();
                return true;
              }
            });
  }

  private static List<String> changelogs(Stage stage) throws Exception {
    try (Admin admin = stage.platform().admin()) {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(stage.application().id() + "-"))
          .filter(name -> name.endsWith("-changelog"))
          .sorted()
          .toList();
    }
  }

  private static void delete(Stage stage, List<String> topics) throws Exception {
    try (Admin admin = stage.platform().admin()) {
      admin.deleteTopics(topics).all().get();
      await("topics are gone")
          .atMost(PATIENCE)
          .until(
              () -> {
                Set<String> names = admin.listTopics().names().get();
                return topics.stream().noneMatch(names::contains);
              });
    }
  }
}
