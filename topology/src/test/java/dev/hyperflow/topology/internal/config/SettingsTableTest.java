package dev.hyperflow.topology.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  private static final String HEADER =
      "| setting | type | default | range | meaning |\n|---|---|---|---|---|\n";

  @Test
  void shouldWriteARowPerSettingInTheOrderOfDefinition() {
    ConfigDef definition =
        new ConfigDef()
            .define("z", Type.INT, 3, Range.between(1, 9), Importance.LOW, "The last letter.")
            .define("a", Type.STRING, Importance.HIGH, "The first one.");

    assertThat(SettingsTable.markdown(definition))
        .isEqualTo(
            HEADER
                + "| `z` | int | `3` | [1,...,9] | The last letter. |\n"
                + "| `a` | string | *required* |  | The first one. |\n");
  }

  @Test
  void shouldWriteDefaultsThatAreEmptySecretOrAClass() {
    ConfigDef definition =
        new ConfigDef()
            .define("text", Type.STRING, "", Importance.LOW, "m")
            .define("secret", Type.PASSWORD, "", Importance.LOW, "m")
            .define("class", Type.CLASS, String.class, Importance.LOW, "m");

    assertThat(SettingsTable.markdown(definition))
        .isEqualTo(
            HEADER
                + "| `text` | string | *empty* |  | m |\n"
                + "| `secret` | password | *empty* |  | m |\n"
                + "| `class` | class | `java.lang.String` |  | m |\n");
  }
}
