package dev.hyperflow.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares with a committed file. {@code -Dgolden.update=true} writes the file instead; look at the
 * difference before it is committed.
 */
public final class Golden {
  private Golden() {}

  /** Compares with a file under {@code src/test/resources/golden}. */
  public static void assertGolden(String file, String actual, String whenItChanges) {
    assertSame(Path.of("src/test/resources/golden", file), actual, whenItChanges);
  }

  /** Compares with any committed file. */
  public static void assertSame(Path file, String actual, String whenItChanges) {
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertThat(actual)
          .as("%s; %s (-Dgolden.update=true writes it)", file, whenItChanges)
          .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
