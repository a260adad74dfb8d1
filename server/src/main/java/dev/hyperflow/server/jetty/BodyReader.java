package dev.hyperflow.server.jetty;

import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;

/** Reads bodies of JSON, up to a size and for some time. */
final class BodyReader {
  private static final int BLOCK = 16 * 1024;

  /** How many bytes beyond the limit are read before the refusal. */
  private static final int MAX_DISCARDED = 8 * 1024 * 1024;

  private final int mostBytes;
  private final long mostNanos;

  BodyReader(int mostBytes, int timeoutMillis) {
    this.mostBytes = mostBytes;
    this.mostNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /**
   * The body.
   *
   * @throws ProblemException when it is too large, comes too slowly, or is no JSON in UTF-8
   */
  byte[] read(Request request) {
    check(request.getHeaders());
    long end = System.nanoTime() + mostNanos;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Request.asInputStream(request)) {
      if (request.getLength() > mostBytes) {
        discard(in, block, end);
        throw tooLarge();
      }
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        body.write(block, 0, read);
        if (body.size() > mostBytes) {
          discard(in, block, end);
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

  private static void check(HttpFields headers) {
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    if (type == null
        || !"application/json".equalsIgnoreCase(HttpField.getValueParameters(type, null))) {
      throw ProblemException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type: expected application/json, found " + (type == null ? "none" : "another"));
    }
    String charset = MimeTypes.getCharsetFromContentType(type);
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw ProblemException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected charset utf-8, found another");
    }
    String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw ProblemException.of(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding: expected none, found another; send the body as it is")
          .withHeader("Accept-Encoding", "identity");
    }
  }

  /**
   * Reads on for a while. A client that still sends when the connection closes sees a reset instead
   * of the answer.
   */
  private static void discard(InputStream in, byte[] block, long end) throws IOException {
    int left = MAX_DISCARDED;
    int read = 0;
    while (read >= 0 && left > 0 && System.nanoTime() - end <= 0) {
      read = in.read(block);
      left -= read;
    }
  }

  private ProblemException tooLarge() {
    return ProblemException.of(
        ErrorCode.TOO_LARGE, "body: expected at most %d bytes, found more".formatted(mostBytes));
  }

  private static ProblemException tooSlow() {
    return ProblemException.of(
        ErrorCode.TOO_SLOW, "body: expected all of it within http.timeout.ms, found a part");
  }
}
