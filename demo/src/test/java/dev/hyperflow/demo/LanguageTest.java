package dev.hyperflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.server.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo, broker and all, where letters and digits of the platform are others. */
@Timeout(240)
class LanguageTest {
  private static final long PATIENCE_SECONDS = 180;

  @TempDir Path directory;

  @Test
  void shouldPlayWithTurkishLettersAndArabicDigits() throws Exception {
    try (JavaProcess demo =
        JavaProcess.start(
            directory.resolve("out"),
            Main.class,
            List.of(
                "-Xmx1g", "-Duser.language=tr", "-Duser.country=TR", "-Duser.extensions=u-nu-arab"),
            List.of(
                "demo",
                "--seconds",
                "10",
                "--fast",
                "--port",
                "0",
                "--registry-port",
                "0",
                "--http-port",
                "0",
                "--data-dir",
                directory.resolve("place").toString()))) {
      assertThat(demo.exitCode(PATIENCE_SECONDS))
          .as(demo::output)
          .isIn(ExitCode.OK.code(), ExitCode.FAILED.code());
      assertThat(demo.output()).contains("Summary", "answered ").doesNotContain("hyperflow: ");
    }
  }
}
