package dev.hyperflow.server.auth;

import dev.hyperflow.server.http.ServerStartException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of tokens, one line each; empty lines and those that begin with {@code #} are skipped. It
 * is read again when it has changed; while it cannot be read, what was read last stays.
 * Thread-safe.
 */
public final class TokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What Windows puts before the first line. */
  private static final String MARK = "\uFEFF";

  private final Path path;
  private Map<String, TokenLine> lines;
  private FileTime modified;
  private final LongSupplier nanoTime;
  private long nextLook;

  /**
   * Opens a file.
   *
   * @throws ServerStartException when it cannot be read, or a line is wrong
   */
  public TokenFile(Path path) {
    this(path, System::nanoTime);
  }

  TokenFile(Path path, LongSupplier nanoTime) {
    this.path = path;
    this.nanoTime = nanoTime;
    this.nextLook = nanoTime.getAsLong() + LOOK_NANOS;
    try {
      this.modified = Files.getLastModifiedTime(path);
      this.lines = read(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new ServerStartException(
          "http.tokens: expected a token file, found %s: %s".formatted(path, message(e)), e);
    }
  }

  private static String message(Exception e) {
    if (e instanceof CharacterCodingException) {
      return "expected UTF-8, found other bytes";
    }
    return e instanceof IOException ? "cannot be read" : e.getMessage();
  }

  private static Map<String, TokenLine> read(Path path) throws IOException {
    Map<String, TokenLine> read = new HashMap<>();
    List<String> all = Files.readAllLines(path);
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i).replace(MARK, "").strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        TokenLine token = TokenLine.parse(line);
        read.put(token.id(), token);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line %d: %s".formatted(i + 1, e.getMessage()), e);
      }
    }
    return Map.copyOf(read);
  }

  /** The tokens by their ids. */
  synchronized Map<String, TokenLine> lines() {
    long now = nanoTime.getAsLong();
    if (now - nextLook >= 0) {
      nextLook = now + LOOK_NANOS;
      look();
    }
    return lines;
  }

  private void look() {
    try {
      FileTime found = Files.getLastModifiedTime(path);
      if (!found.equals(modified)) {
        lines = read(path);
        modified = found;
        LOG.atInfo()
            .addKeyValue("tokens", lines.size())
            .log("The server read the token file again");
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("file", path)
          .addKeyValue("why", message(e))
          .log("The server cannot read the token file. The tokens from before stay valid");
    }
  }
}
