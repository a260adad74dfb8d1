package dev.hyperflow.server.jetty;

import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What every request passes: the limit on requests at a time, the host, security headers. */
final class Entrance extends Handler.Abstract {
  private static final long RETRY_MILLIS = 1_000;
  private static final String HEALTH = "/health/";
  private static final HttpField[] SECURITY = {
    new HttpField(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'"),
    new HttpField("X-Content-Type-Options", "nosniff"),
    new HttpField("Referrer-Policy", "no-referrer"),
    new HttpField("X-Frame-Options", "DENY"),
    new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
    new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
  };

  private final Dispatcher dispatcher;
  private final Semaphore places;
  private final HostCheck hosts;
  private final BodyReader bodies;
  private final ArrivalWatch arrivals;
  private final String basePath;

  Entrance(HttpSettings settings, Dispatcher dispatcher, ArrivalWatch arrivals) {
    this.dispatcher = dispatcher;
    this.places = new Semaphore(settings.limits().requests());
    this.hosts = new HostCheck(settings);
    this.arrivals = arrivals;
    this.basePath = settings.browser().basePath();
    this.bodies = new BodyReader(settings.limits());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    arrivals.arrived(connection);
    Callback answered = new Answered(callback, connection);
    if (isAboutHealth(request)) {
      // An application that has much to do is not to be taken for one that is dead.
      send(request, response, answered, answer(request));
      return true;
    }
    if (!places.tryAcquire()) {
      send(
          request,
          response,
          answered,
          problem(
              ProblemException.retryable(
                  ErrorCode.OVERLOADED,
                  "the server handles its maximum number of requests",
                  RETRY_MILLIS)));
      return true;
    }
    try {
      send(request, response, answered, answer(request));
    } finally {
      places.release();
    }
    return true;
  }

  private boolean isAboutHealth(Request request) {
    String path = request.getHttpURI().getPath();
    return path != null
        && withoutBase(path).startsWith(HEALTH)
        && HttpMethod.GET.is(request.getMethod());
  }

  /** From the last byte of an answer on, its connection waits for the next request. */
  private final class Answered extends Callback.Nested {
    private final Connection connection;

    private Answered(Callback callback, Connection connection) {
      super(callback);
      this.connection = connection;
    }

    @Override
    public void succeeded() {
      arrivals.answered(connection);
      super.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
      arrivals.answered(connection);
      super.failed(cause);
    }
  }

  private Reply answer(Request request) {
    if (!hosts.allows(request)) {
      return problem(
          ProblemException.of(
              ErrorCode.WRONG_HOST, "Host: expected this machine's name, found another"));
    }
    HttpURI target = request.getHttpURI();
    if (target.getFragment() != null) {
      return problem(
          ProblemException.of(
              ErrorCode.MALFORMED, "path: expected %23 for a number sign, found a raw one"));
    }
    String path = target.getPath();
    if (!basePath.isEmpty() && basePath.equals(path)) {
      // Without the slash the page's relative addresses would lead elsewhere.
      return new Reply(308, "text/plain", Map.of("Location", basePath + "/"), new byte[0]);
    }
    return dispatcher.answer(
        new Dispatcher.Start(
            request.getMethod(),
            path == null || !path.startsWith("/") ? "/" : withoutBase(path),
            target.getQuery(),
            new Call.Raw(
                name -> request.getHeaders().get(name),
                () -> bodies.read(request),
                () -> bodies.open(request))));
  }

  /** A proxy may take the base path away or not. */
  private String withoutBase(String path) {
    return path.startsWith(basePath + "/") ? path.substring(basePath.length()) : path;
  }

  private static Reply problem(ProblemException problem) {
    return problem.reply();
  }

  static void send(Request request, Response response, Callback callback, Reply reply) {
    response.setStatus(reply.status());
    for (HttpField field : SECURITY) {
      response.getHeaders().put(field);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.mediaType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.content().length);
    if (!reply.headers().containsKey("Cache-Control")) {
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    if (reply.status() >= 400 && hasBody(request)) {
      // What is left of the body is not worth reading.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(reply.content()), callback);
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** Answers what Jetty itself refuses, in the same form. */
  Request.Handler errors() {
    return (request, response, callback) -> {
      // 501 and 505 are about what the client sent, too.
      int found = response.getStatus();
      int status = found == 501 || found == 505 ? ErrorCode.MALFORMED.status() : found;
      ErrorCode code =
          status == 413
              ? ErrorCode.TOO_LARGE
              : status >= 400 && status < 500 ? ErrorCode.MALFORMED : ErrorCode.INTERNAL;
      Reply reply =
          problem(
              ProblemException.of(
                  code,
                  code == ErrorCode.INTERNAL
                      ? "the request failed"
                      : "request: expected HTTP/1.1, found another protocol or a line that is too long"));
      send(
          request,
          response,
          callback,
          new Reply(Math.max(status, 400), reply.mediaType(), reply.headers(), reply.content()));
      return true;
    };
  }
}
