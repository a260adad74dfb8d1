package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.QuerySettings;
import dev.hyperflow.engine.internal.event.Consistency;
import org.junit.jupiter.api.Test;

class QueryDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            QueryDefinition.read(
                parsed(
                    "query.consistency", "latest",
                    "query.integrations-per-second", "2.5",
                    "feedback.window.ms", "3600000",
                    "background.heads-per-tick", "9")))
        .isEqualTo(new QuerySettings(Consistency.LATEST, 2.5, 3_600_000, 9));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(QueryDefinition.read(parsed()))
        .isEqualTo(new QuerySettings(Consistency.FRESH, 100, 0, 8));
  }

  @Test
  void shouldReadTheTimeBetweenTicks() {
    assertThat(QueryDefinition.tickMillis(parsed("background.tick.ms", "250"))).isEqualTo(250);
    assertThat(QueryDefinition.tickMillis(parsed())).isEqualTo(100);
  }
}
