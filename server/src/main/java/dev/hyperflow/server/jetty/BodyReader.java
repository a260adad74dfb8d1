package dev.hyperflow.server.jetty;

import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;

/** Reads bodies of JSON, and opens those of files; up to a size and for some time. */
final class BodyReader {
  private static final int BLOCK = 16 * 1024;

  /** How many bytes beyond the limit are read before the refusal. */
  private static final int MAX_DISCARDED = 8 * 1024 * 1024;

  private final int mostBytes;
  private final int mostFileBytes;
  private final long mostNanos;

  BodyReader(HttpSettings.Limits limits) {
    this.mostBytes = limits.bodyBytes();
    this.mostFileBytes = limits.importBytes();
    this.mostNanos = TimeUnit.MILLISECONDS.toNanos(limits.timeoutMillis());
  }

  /**
   * The body as a stream.
   *
   * @throws ProblemException when its type is none of a file, or it is too large
   */
  InputStream open(Request request) {
    String type = request.getHeaders().get("Content-Type");
    String plain = type == null ? "" : type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    if (!Route.TextFile.MEDIA_TYPES.contains(plain)) {
      throw ProblemException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type: expected one of %s, found another".formatted(Route.TextFile.MEDIA_TYPES));
    }
    refuseEncoded(request.getHeaders());
    InputStream in = Request.asInputStream(request);
    if (request.getLength() > mostFileBytes) {
      try {
        discard(in, new byte[BLOCK], System.nanoTime() + mostNanos);
      } catch (IOException e) {
        throw tooSlow();
      }
      throw tooLarge(mostFileBytes);
    }
    return new BoundedBody(in);
  }

  /** A body up to a size, whose blocks come within a time. For one thread. */
  private final class BoundedBody extends FilterInputStream {
    /** A body that comes more slowly has taken a place for too long. */
    private static final int MIN_BYTES_PER_SECOND = 16 * 1024;

    private long bytes;
    private long waited;

    private BoundedBody(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      long begin = System.nanoTime();
      int read;
      try {
        read = in.read(target, offset, length);
      } catch (IOException e) {
        throw tooSlow();
      }
      waited += System.nanoTime() - begin;
      bytes += Math.max(0, read);
      if (bytes > mostFileBytes) {
        throw tooLarge(mostFileBytes);
      }
      long grace = TimeUnit.SECONDS.toNanos(bytes / MIN_BYTES_PER_SECOND);
      if (waited > mostNanos + grace) {
        throw tooSlow();
      }
      return read;
    }
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
        throw tooLarge(mostBytes);
      }
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        body.write(block, 0, read);
        if (body.size() > mostBytes) {
          discard(in, block, end);
          throw tooLarge(mostBytes);
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
    refuseEncoded(headers);
    String charset = MimeTypes.getCharsetFromContentType(type);
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw ProblemException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected charset utf-8, found another");
    }
  }

  private static void refuseEncoded(HttpFields headers) {
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

  private static ProblemException tooLarge(int most) {
    return ProblemException.of(
        ErrorCode.TOO_LARGE, "body: expected at most %d bytes, found more".formatted(most));
  }

  private static ProblemException tooSlow() {
    return ProblemException.of(
        ErrorCode.TOO_SLOW, "body: expected all of it within http.timeout.ms, found a part");
  }
}
