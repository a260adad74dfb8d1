package dev.hyperflow.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import dev.hyperflow.server.http.ServerStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(3);

  @TempDir Path directory;
  private Path file;
  private long nowNanos;
  private int writes;

  @BeforeEach
  void name() {
    file = directory.resolve("tokens");
  }

  private static String line(String id) {
    return new TokenLine(id, "hash", new Grant(id, Scope.READ, Optional.empty())).text();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    // File systems may keep whole seconds only.
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++writes)));
  }

  private TokenFile open() {
    return new TokenFile(file, () -> nowNanos);
  }

  @Test
  void shouldPassOverAByteOrderMarkCommentsAndEmptyLines() throws IOException {
    write("\uFEFF# mine\n\n  " + line("a") + "\n\t\n" + line("b"));

    assertThat(open().lines()).containsOnlyKeys("a", "b");
  }

  @Test
  void shouldReadAgainWhatHasChanged() throws IOException {
    write(line("a"));
    TokenFile tokens = open();
    write(line("b"));

    assertThat(tokens.lines()).containsOnlyKeys("a");
    nowNanos += LATER_NANOS;
    assertThat(tokens.lines()).containsOnlyKeys("b");
  }

  @Test
  void shouldKeepWhatItHadWhileTheFileIsWrongOrGone() throws IOException {
    write(line("a"));
    TokenFile tokens = open();

    write("nonsense");
    nowNanos += LATER_NANOS;
    assertThat(tokens.lines()).containsOnlyKeys("a");

    Files.delete(file);
    nowNanos += LATER_NANOS;
    assertThat(tokens.lines()).containsOnlyKeys("a");

    write(line("c"));
    nowNanos += LATER_NANOS;
    assertThat(tokens.lines()).containsOnlyKeys("c");
  }

  @Test
  void shouldNotStartWithAFileThatIsWrongOrMissing() throws IOException {
    assertThatExceptionOfType(ServerStartException.class)
        .isThrownBy(this::open)
        .withMessageContaining(file.toString())
        .withMessageContaining("cannot be read");

    write(line("a") + "\nnonsense");
    assertThatExceptionOfType(ServerStartException.class)
        .isThrownBy(this::open)
        .withMessageContaining("line 2: expected one object");
  }
}
