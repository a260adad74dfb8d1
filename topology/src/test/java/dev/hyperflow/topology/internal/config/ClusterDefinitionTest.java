package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterDefinitionTest {
  @Test
  void shouldNameTheApplication() {
    assertThat(ClusterDefinition.applicationId(parsed())).isEqualTo("hyperflow");
    assertThat(ClusterDefinition.applicationId(parsed("application.id", "mine"))).isEqualTo("mine");
  }

  @Test
  void shouldReadAListOfBrokers() {
    assertThat(ClusterDefinition.brokers(parsed("bootstrap.servers", "a:1, b:2")))
        .containsExactly("a:1", "b:2");
  }
}
