package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsDefinitionTest {
  @Test
  void shouldReadTheNumberOfTenants() {
    assertThat(MetricsDefinition.read(parsed())).isEqualTo(20);
    assertThat(MetricsDefinition.read(parsed("metrics.tenants", "0"))).isZero();
  }
}
