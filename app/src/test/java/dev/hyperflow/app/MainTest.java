package dev.hyperflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.server.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path directory;

  /** Turkish has another capital of i, and Arabic numbers have other digits. */
  @Test
  void shouldWriteForMachinesInAnyLanguage() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("app.properties"),
            """
            bootstrap.servers=broker:9092
            schema.registry.url=http://registry:8081
            batch.durability=inbox
            query.consistency=latest
            """);
    try (JavaProcess process =
        JavaProcess.start(
            directory.resolve("out"),
            Main.class,
            List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.extensions=u-nu-arab"),
            List.of("config", "check", config.toString()))) {
      assertThat(process.exitCode(PATIENCE_SECONDS))
          .as(process::output)
          .isEqualTo(ExitCode.OK.code());
      assertThat(process.output()).contains("can be used: 4 settings");
    }
  }
}
