package dev.hyperflow.server.jetty;

import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;

/** Reads bodies of JSON, up to a size and for some time. */
final class BodyReader {
  private static final int BLOCK = 16 * 1024;

  private final int mostBytes;
  private final long mostNanos;

  BodyReader(int mostBytes, int timeoutMillis) {
    this.mostBytes = mostBytes;
    this.mostNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /**
   * The body.
   *
   * @throws ProblemException when it is too large, comes too slowly, or is no JSON
   */
  byte[] read(Request request) {
    String type = request.getHeaders().get("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw ProblemException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected application/json");
    }
    if (request.getLength() > mostBytes) {
      throw tooLarge();
    }
    long end = System.nanoTime() + mostNanos;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Request.asInputStream(request)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        body.write(block, 0, read);
        if (body.size() > mostBytes) {
          throw tooLarge();
        }
        if (System.nanoTime() - end > 0) {
          throw tooSlow();
        }
      }
    } catch (IOException e) {
      throw tooSlow();
    }
    return body.toByteArray();
  }

  private ProblemException tooLarge() {
    return ProblemException.of(
        ErrorCode.TOO_LARGE, "body: expected at most %d bytes, found more".formatted(mostBytes));
  }

  private static ProblemException tooSlow() {
    return ProblemException.of(ErrorCode.TOO_SLOW, "body: expected it whole and in time");
  }
}
