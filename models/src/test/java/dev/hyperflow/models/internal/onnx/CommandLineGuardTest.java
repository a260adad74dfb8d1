package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineGuardTest {

  @TempDir Path directory;

  @Test
  void shouldRefuseACommandLineThatOnnxRuntimeDoesNotSurvive() throws IOException {
    Path commandLine =
        Files.write(directory.resolve("cmdline"), new byte[CommandLineGuard.MAX_BYTES + 1]);

    assertThatThrownBy(() -> CommandLineGuard.check(commandLine))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("expected at most 3,960 bytes")
        .hasMessageContaining("found 3,961");
  }

  @Test
  void shouldPassAShorterOneAndSystemsWithoutOne() throws IOException {
    Path commandLine =
        Files.write(directory.resolve("cmdline"), new byte[CommandLineGuard.MAX_BYTES]);

    assertThatCode(() -> CommandLineGuard.check(commandLine)).doesNotThrowAnyException();
    assertThatCode(() -> CommandLineGuard.check(directory.resolve("none")))
        .doesNotThrowAnyException();
  }
}
