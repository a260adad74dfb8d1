package dev.hyperflow.app.tenant;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.schemas.internal.tls.Tls;
import dev.hyperflow.server.time.BoundedWait;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Asks the HTTP API of a running application. Thread-safe. */
public final class ApiClient {
  // Every request may be sent again: what is written has an id of its own, and takes effect once.

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long MIN_PAUSE_MILLIS = 50;
  private static final long MAX_PAUSE_MILLIS = 5_000;
  private static final Duration STANDARD_PAUSE = Duration.ofMillis(500);
  private static final int FIRST_REFUSAL = 400;
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;
  private static final int FIRST_FAILURE = 500;
  private static final int UNAVAILABLE = 503;

  private final ApiAddress address;
  private final HttpClient client;

  /**
   * A client.
   *
   * @throws ApiException when the file of authorities cannot be used
   */
  public ApiClient(ApiAddress address) {
    this.address = address;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    address.trust().ifPresent(file -> builder.sslContext(trusting(file)));
    this.client = builder.build();
  }

  private static SSLContext trusting(Path authorities) {
    try {
      return Tls.trusting(authorities);
    } catch (IOException e) {
      throw new ApiException(
          ApiException.Kind.REFUSED,
          "http.tls.trust: expected certificates in %s, found: %s"
              .formatted(authorities, e.getMessage()),
          e);
    }
  }

  /** How long what may pass is tried again. */
  Duration patience() {
    return address.patience();
  }

  <T> T get(String target, Class<T> type) throws InterruptedException {
    return read(send("GET", target, Optional.empty()), type);
  }

  <T> T delete(String target, Class<T> type) throws InterruptedException {
    return read(send("DELETE", target, Optional.empty()), type);
  }

  <T> T post(String target, byte[] body, Class<T> type) throws InterruptedException {
    return read(send("POST", target, Optional.of(body)), type);
  }

  private HttpResponse<byte[]> send(String method, String target, Optional<byte[]> body)
      throws InterruptedException {
    HttpRequest request = request(method, target, body);
    BoundedWait wait = new BoundedWait(address.patience(), STANDARD_PAUSE);
    while (true) {
      ApiException trouble;
      Duration pause = STANDARD_PAUSE;
      try {
        HttpResponse<byte[]> response =
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() < FIRST_REFUSAL) {
          return response;
        }
        JsonNode problem = problem(response);
        trouble = refusal(response.statusCode(), problem);
        if (response.statusCode() != UNAVAILABLE) {
          throw trouble;
        }
        pause = pause(problem);
      } catch (ConnectException | HttpConnectTimeoutException | SSLException e) {
        throw unreachable(e);
      } catch (IOException e) {
        trouble = unreachable(e);
      }
      if (!wait.again(pause)) {
        throw trouble;
      }
    }
  }

  private static Duration pause(JsonNode problem) {
    long asked = problem.path("retryAfterMillis").asLong(STANDARD_PAUSE.toMillis());
    return Duration.ofMillis(Math.max(MIN_PAUSE_MILLIS, Math.min(MAX_PAUSE_MILLIS, asked)));
  }

  private HttpRequest request(String method, String target, Optional<byte[]> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.base() + target)).timeout(ANSWER);
    address.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    body.ifPresent(content -> request.header("Content-Type", "application/json"));
    return request
        .method(
            method,
            body.map(HttpRequest.BodyPublishers::ofByteArray)
                .orElseGet(HttpRequest.BodyPublishers::noBody))
        .build();
  }

  private <T> T read(HttpResponse<byte[]> response, Class<T> type) {
    try {
      return MAPPER.readValue(response.body(), type);
    } catch (IOException e) {
      throw foreign(response.statusCode(), e);
    }
  }

  /** The body of a refusal; an empty tree when it is none of this API. */
  private static JsonNode problem(HttpResponse<byte[]> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      return MAPPER.createObjectNode();
    }
  }

  private ApiException refusal(int status, JsonNode problem) {
    String code = problem.path("code").asText("");
    if (code.isEmpty()) {
      return foreign(status, null);
    }
    String hint = hint(status, problem);
    return new ApiException(
        kind(status, code),
        "%s %s: %s%s"
            .formatted(
                Printable.of(code),
                address.base(),
                Printable.of(problem.path("message").asText("the answer gives no reason")),
                hint.isEmpty() ? "" : "; " + hint));
  }

  private String hint(int status, JsonNode problem) {
    if (status == UNAUTHENTICATED) {
      return address.token().isPresent()
          ? "the file that http.tokens names does not hold this token"
          : "give one with --token-file or HYPERFLOW_TOKEN; 'hyperflow token create' makes one";
    }
    if (status == FORBIDDEN) {
      return "use a token of that scope and tenant, and the host's own name";
    }
    if (status == UNAVAILABLE) {
      return "the command tried again for %d s".formatted(address.patience().toSeconds());
    }
    return Printable.of(problem.path("hint").asText(""));
  }

  private static ApiException.Kind kind(int status, String code) {
    if (code.equals("UNKNOWN_TENANT")) {
      return ApiException.Kind.UNKNOWN_TENANT;
    }
    return status >= FIRST_FAILURE ? ApiException.Kind.FAILED : ApiException.Kind.REFUSED;
  }

  private ApiException foreign(int status, Throwable cause) {
    return new ApiException(
        ApiException.Kind.UNREACHABLE,
        "%s: expected the HTTP API of HyperFlow, found another answer (status %d); is --url right?"
            .formatted(address.base(), status),
        cause);
  }

  private ApiException unreachable(IOException e) {
    String hint =
        e instanceof SSLException
            ? "--trust names the authorities of its certificate"
            : "'hyperflow run' listens on http.port, 'hyperflow demo' on 18080; give the address with"
                + " --url";
    return new ApiException(
        ApiException.Kind.UNREACHABLE,
        "%s: expected a running application, found: %s; %s"
            .formatted(address.base(), reason(e), hint),
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no answer within %d s".formatted(CONNECT.toSeconds());
    }
    if (e instanceof ConnectException) {
      return "connection refused, or no such host";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : Printable.of(e.getMessage());
  }
}
