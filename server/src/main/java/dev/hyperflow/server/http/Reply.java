package dev.hyperflow.server.http;

import java.util.HashMap;
import java.util.Map;

/** An answer. Immutable but for its content, which is not copied. */
public final class Reply {
  /** The media type of answers. */
  public static final String JSON = "application/json";

  /** The media type of refusals. */
  public static final String PROBLEM = "application/problem+json";

  private final int status;
  private final String mediaType;
  private final Map<String, String> headers;
  private final byte[] content;

  /**
   * An answer.
   *
   * @param content not copied
   */
  public Reply(int status, String mediaType, Map<String, String> headers, byte[] content) {
    this.status = status;
    this.mediaType = mediaType;
    this.headers = Map.copyOf(headers);
    this.content = content;
  }

  /** A record as JSON, with status 200. */
  public static Reply ok(Object body) {
    return json(200, body);
  }

  /** A record as JSON. */
  public static Reply json(int status, Object body) {
    return new Reply(status, JSON, Map.of(), Json.bytes(body));
  }

  /** A refusal; with a {@code Retry-After} of at least a second when it may pass. */
  public static Reply of(Problem problem) {
    Map<String, String> headers =
        problem.retryAfterMillis() == null
            ? Map.of()
            : Map.of(
                "Retry-After",
                Long.toString(Math.max(1, (problem.retryAfterMillis() + 999) / 1000)));
    return new Reply(problem.status(), PROBLEM, headers, Json.bytes(problem));
  }

  /** The same with further headers. */
  public Reply with(Map<String, String> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, mediaType, all, content);
  }

  public int status() {
    return status;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Headers beside Content-Type and those of every answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body; not copied. */
  public byte[] content() {
    return content;
  }
}
