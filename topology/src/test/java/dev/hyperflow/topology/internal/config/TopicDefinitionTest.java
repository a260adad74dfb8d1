package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicDefinitionTest {
  @Test
  void shouldReadEveryNameIntoItsOwnField() {
    assertThat(
            TopicDefinition.read(
                parsed(
                    "topics.support", "s",
                    "topics.queries", "q",
                    "topics.predictions", "p",
                    "topics.dead-letters", "d",
                    "topics.heads", "h",
                    "topics.quality", "l",
                    "topics.bundles", "b")))
        .isEqualTo(
            new Topics("s", "q", "p", "d", Optional.of("h"), Optional.of("l"), Optional.of("b")));
  }

  @Test
  void shouldLeaveOutOptionalTopicsByDefault() {
    Topics topics = TopicDefinition.read(parsed());

    assertThat(topics.all()).containsExactly("support", "queries", "predictions", "dead-letters");
    assertThat(topics.compacted()).isEmpty();
  }

  @Test
  void shouldTellWhichTopicsAreCompacted() {
    Topics topics =
        TopicDefinition.read(
            parsed("topics.heads", "h", "topics.quality", "l", "topics.bundles", "b"));

    assertThat(topics.compacted()).containsExactly("h", "l");
    assertThat(topics.all()).endsWith("h", "l", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics.queries",
        "topics.predictions",
        "topics.dead-letters",
        "topics.heads",
        "topics.quality",
        "topics.bundles"
      })
  void shouldRefuseATopicOfTwoPurposes(String name) {
    assertThatThrownBy(() -> TopicDefinition.read(parsed(name, "support")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "topics.*: expected a topic of its own for each purpose, found 'support' twice");
  }

  @Test
  void shouldReadHowTopicsAreCreated() {
    assertThat(TopicDefinition.readCreation(parsed())).hasValue(new Topics.Creation(4, (short) -1));
    assertThat(
            TopicDefinition.readCreation(
                parsed("topics.partitions", "6", "topics.replication-factor", "3")))
        .hasValue(new Topics.Creation(6, (short) 3));
    assertThat(TopicDefinition.readCreation(parsed("topics.create", "false"))).isEmpty();
  }
}
