package dev.hyperflow.schemas.internal.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.schemas.internal.registry.RegistrySettings.Endpoint;
import dev.hyperflow.schemas.internal.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one request to whichever URL of the registry answers.
 *
 * <p>Thread-safe. A call blocks for at most (retries + 1) × URLs × (connect + read timeout) plus
 * the waits in between; an interrupt ends it with {@link InterruptException}.
 */
final class RegistryTransport {
  /*
   * A round asks every URL once, beginning with the one that answered last. No answer and the
   * statuses worth retrying move on to the next URL; any other status is the registry's word and
   * ends the request. After a round without an answer comes a wait, then the next round. Redirects
   * are not followed, since the Authorization header would go along.
   *
   * A replica that lags does not know the newest ids yet. So an unknown id moves on to the next
   * URL, too, and after a round comes one more: a record is given up only then. Ids that stayed
   * unknown are asked for once a round for a while, without the wait. When many are unknown at a
   * time, somebody sends what is no id, and nothing is waited for.
   */
  private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final String ACCEPT = CONTENT_TYPE + ", application/json; q=0.9";
  private static final int SHOWN_BODY_CHARS = 200;

  /** Waits; replaced in tests. */
  @FunctionalInterface
  interface Pause {
    void forMillis(long millis) throws InterruptedException;
  }

  /** A success: the parsed body and the method and URL it came from. */
  record Answer(String url, int status, JsonNode body) {
    RegistryException notUnderstood(String expected, Throwable cause) {
      return RegistryException.notUnderstood(
          url, status, "expected an answer of a schema registry with " + expected, cause);
    }
  }

  private final RegistrySettings settings;
  private final HttpClient http;
  private final Pause pause;
  private final Optional<OAuthTokens> tokens;
  private final MissingIds missing;
  private volatile int preferred;

  RegistryTransport(RegistrySettings settings) {
    this(settings, Thread::sleep, System::nanoTime);
  }

  RegistryTransport(RegistrySettings settings, Pause pause, LongSupplier nanoTime) {
    this.settings = settings;
    this.missing = new MissingIds(nanoTime);
    this.pause = pause;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.http().connectTimeout());
    if (!settings.http().tls().isEmpty()) {
      builder.sslContext(context(settings.http().tls()));
    }
    settings
        .http()
        .proxy()
        .ifPresent(
            proxy ->
                builder.proxy(
                    ProxySelector.of(
                        new InetSocketAddress(proxy.getHostString(), proxy.getPort()))));
    http = builder.build();
    tokens =
        settings
            .access()
            .oauth()
            .map(oauth -> new OAuthTokens(oauth, http, settings.http().readTimeout(), nanoTime));
  }

  private static SSLContext context(Map<String, Object> configs) {
    try {
      return Tls.of(configs);
    } catch (ConfigException e) {
      throw e;
    } catch (KafkaException e) {
      ConfigException failed =
          new ConfigException(
              "schema.registry.ssl.*: expected usable files, found: " + e.getMessage());
      failed.initCause(e);
      throw failed;
    }
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  /**
   * Gets what the registry handed out, and a replica may not know yet.
   *
   * @throws RegistryException if no URL knows it, even after a wait, or as for {@link #send}
   */
  Answer getWritten(String path) {
    try {
      return get(path);
    } catch (RegistryException e) {
      if (!e.isMissing() || !missing.isWorthWaiting(path)) {
        throw e;
      }
    }
    try {
      pause.forMillis(settings.retries().waitMs(0, ThreadLocalRandom.current()));
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while waiting for the schema registry", e);
    }
    try {
      return get(path);
    } catch (RegistryException e) {
      if (e.isMissing()) {
        missing.add(path);
      }
      throw e;
    }
  }

  /**
   * Sends a request.
   *
   * @param path from the registry's base, with a leading slash, already encoded
   * @param body JSON; null for none
   * @throws RegistryException if the registry refuses, or no URL answers after all retries
   */
  Answer send(String method, String path, String body) {
    try {
      for (int retry = 0; ; retry++) {
        try {
          return round(method, path, body);
        } catch (RegistryException e) {
          if (!e.retryable() || retry >= settings.retries().maxRetries()) {
            throw e;
          }
          long millis = settings.retries().waitMs(retry, ThreadLocalRandom.current());
          LOG.atWarn()
              .addKeyValue("retry", retry + 1)
              .addKeyValue("waitMs", millis)
              .log("Schema registry request failed, trying again: {}", e.getMessage());
          pause.forMillis(millis);
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while waiting for the schema registry", e);
    }
  }

  private Answer round(String method, String path, String body) throws InterruptedException {
    List<Endpoint> endpoints = settings.endpoints();
    StringJoiner tried = new StringJoiner(", ");
    StringJoiner reasons = new StringJoiner("; ");
    RegistryException refusal = null;
    IOException failure = null;
    int first = preferred;
    for (int i = 0; i < endpoints.size(); i++) {
      int index = (first + i) % endpoints.size();
      Endpoint endpoint = endpoints.get(index);
      String url = method + " " + endpoint.url() + path;
      try {
        Answer answer = answer(url, authorized(endpoint, method, path, body));
        preferred = index;
        return answer;
      } catch (RegistryException e) {
        if (!e.retryable() && !e.isMissing()) {
          preferred = index;
          throw e;
        }
        // What one URL does not know weighs less than that another cannot answer now.
        refusal = refusal == null || e.retryable() ? e : refusal;
      } catch (IOException e) {
        failure = e;
        tried.add(url);
        reasons.add("%s does not answer (%s)".formatted(endpoint.url(), describe(e)));
      }
    }
    throw refusal != null
        ? refusal
        : RegistryException.unreachable(tried.toString(), reasons.toString(), failure);
  }

  /** A token may have been taken back before its time, so one that is refused is replaced once. */
  private HttpResponse<String> authorized(
      Endpoint endpoint, String method, String path, String body)
      throws IOException, InterruptedException {
    if (tokens.isEmpty()) {
      return exchange(request(endpoint, method, path, body, endpoint.authorization()));
    }
    String token = tokens.get().token();
    HttpResponse<String> response =
        exchange(request(endpoint, method, path, body, "Bearer " + token));
    if (response.statusCode() != 401) {
      return response;
    }
    tokens.get().refused(token);
    return exchange(request(endpoint, method, path, body, "Bearer " + tokens.get().token()));
  }

  /** The time limit of a request ends when its headers arrive; this one when its body has, too. */
  private HttpResponse<String> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> response =
        http.sendAsync(request, BodyHandlers.ofString());
    Duration limit = settings.http().connectTimeout().plus(settings.http().readTimeout());
    try {
      return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + limit.toMillis() + " ms");
    } finally {
      response.cancel(true);
    }
  }

  private HttpRequest request(
      Endpoint endpoint, String method, String path, String body, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + path))
            .timeout(settings.http().readTimeout())
            .header("Accept", ACCEPT)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (body != null) {
      request.header("Content-Type", CONTENT_TYPE);
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    settings.access().headers().forEach(request::header);
    return request.build();
  }

  private static Answer answer(String url, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 != 2) {
      throw refusal(url, status, response.body());
    }
    try {
      return new Answer(url, status, JSON.readTree(response.body()));
    } catch (JsonProcessingException e) {
      throw new Answer(url, status, null)
          .notUnderstood("JSON, found " + shorten(response.body()), e);
    }
  }

  private static RegistryException refusal(String url, int status, String body) {
    try {
      JsonNode json = JSON.readTree(body);
      int code = json.path("error_code").asInt(status);
      return RegistryException.answered(
          url, status, code, json.path("message").asText(shorten(body)));
    } catch (JsonProcessingException e) {
      return RegistryException.answered(url, status, status, shorten(body));
    }
  }

  private static String shorten(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_BODY_CHARS ? line : line.substring(0, SHOWN_BODY_CHARS) + "…";
  }

  private static String describe(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }
}
