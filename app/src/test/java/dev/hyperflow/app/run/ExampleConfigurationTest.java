package dev.hyperflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the example in {@code src/main/config} in step with the settings. */
class ExampleConfigurationTest {

  private static final Path EXAMPLE = Path.of("src", "main", "config", "hyperflow.properties");
  private static final Pattern COMMENTED_OUT =
      Pattern.compile("^#((?!kafka\\.|basic\\.)[a-z.-]+=.*)$", Pattern.MULTILINE);

  @TempDir Path directory;

  @Test
  void shouldNameEverySetting() throws Exception {
    String example = Files.readString(EXAMPLE);

    assertThat(ApplicationConfig.definition().names())
        .allSatisfy(name -> assertThat(example).containsPattern("(?m)^#?" + name + "="));
  }

  @Test
  void shouldShowTheDefaultAndTheRangeOfEverySetting() throws Exception {
    String example = Files.readString(EXAMPLE);

    assertThat(ApplicationConfig.definition().configKeys().values())
        .allSatisfy(key -> assertThat(example).contains(defaultLine(key)))
        .filteredOn(key -> key.validator != null && key.hasDefault())
        .allSatisfy(
            key -> assertThat(commentOf(key, example)).endsWith("Range: " + key.validator + "."));
  }

  private static String defaultLine(ConfigDef.ConfigKey key) {
    if (!key.hasDefault()) {
      return "\n" + key.name + "=";
    }
    Object value =
        key.defaultValue instanceof Password password ? password.value() : key.defaultValue;
    return "\n#%s=%s\n"
        .formatted(key.name, value instanceof Class<?> type ? type.getName() : value);
  }

  /** The comment above a setting, as one line. */
  private static String commentOf(ConfigDef.ConfigKey key, String example) {
    String before = example.substring(0, example.indexOf("\n#" + key.name + "="));
    String comment = before.substring(before.lastIndexOf("\n\n") + 2);
    return comment.replaceAll("(?m)^# ", "").replace('\n', ' ');
  }

  @Test
  void shouldBeAcceptedAsItIsAndWithItsDefaultsWrittenOut() throws Exception {
    String example = Files.readString(EXAMPLE);
    Path writtenOut =
        Files.writeString(
            directory.resolve("all.properties"), COMMENTED_OUT.matcher(example).replaceAll("$1"));

    ApplicationConfig plain = ConfigurationFile.read(EXAMPLE);
    ApplicationConfig explicit = ConfigurationFile.read(writtenOut);

    assertThat(Files.readString(writtenOut)).isNotEqualTo(example);
    assertThat(explicit.topics()).isEqualTo(plain.topics());
    assertThat(explicit.engine()).isEqualTo(plain.engine());
    assertThat(explicit.bundle()).isEqualTo(plain.bundle());
  }
}
