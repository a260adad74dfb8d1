package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            BatchDefinition.read(
                parsed("batch.size", "7", "batch.linger.ms", "8", "batch.durability", "gate"),
                true))
        .isEqualTo(new BatchSettings(7, 8, Durability.GATE));
  }

  @ParameterizedTest
  @CsvSource({
    // setting, exactly once, expected
    "auto, true, INBOX",
    "AUTO, false, GATE",
    "inbox, false, INBOX",
    "Inbox, true, INBOX",
    "gate, true, GATE",
    "GATE, false, GATE"
  })
  void shouldChooseTheDurabilityThatTheGuaranteeNeeds(
      String setting, boolean exactlyOnce, Durability expected) {
    assertThat(BatchDefinition.read(parsed("batch.durability", setting), exactlyOnce))
        .isEqualTo(new BatchSettings(64, 1, expected));
  }
}
