package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracingDefinitionTest {
  @Test
  void shouldTraceNothingByDefault() {
    assertThat(TracingDefinition.endpoint(parsed())).isEmpty();
    assertThat(TracingDefinition.endpoint(parsed("tracing.endpoint", " "))).isEmpty();
    assertThat(TracingDefinition.sample(parsed())).isEqualTo(0.01);
  }

  @Test
  void shouldReadWhereSpansGoAndHowMany() {
    ParsedSettings parsed =
        parsed("tracing.endpoint", "http://collector:4318/v1/traces", "tracing.sample", "0.5");

    assertThat(TracingDefinition.endpoint(parsed)).hasValue("http://collector:4318/v1/traces");
    assertThat(TracingDefinition.sample(parsed)).isEqualTo(0.5);
  }
}
