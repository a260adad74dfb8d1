package dev.hyperflow.schemas.internal.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.LongSupplier;

/** Asks an issuer for tokens and keeps the last one while it is good. Thread-safe. */
final class OAuthTokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a token lasts whose issuer does not say so. */
  private static final long STANDARD_SECONDS = 300;

  private final OAuth oauth;
  private final HttpClient http;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private String token;
  private long endNanos;

  OAuthTokens(OAuth oauth, HttpClient http, Duration timeout, LongSupplier nanoTime) {
    this.oauth = oauth;
    this.http = http;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  /**
   * A token that is good now.
   *
   * @throws RegistryException if the issuer refuses, or does not answer; the latter may pass
   */
  synchronized String token() throws InterruptedException {
    if (token == null || nanoTime.getAsLong() - endNanos >= 0) {
      JsonNode answer = ask();
      token = answer.get("access_token").asText();
      long seconds = answer.path("expires_in").asLong(STANDARD_SECONDS);
      // A token that lasts no longer than the buffer is used for half of its time.
      long used = Math.max(seconds - oauth.buffer().toSeconds(), seconds / 2);
      endNanos = nanoTime.getAsLong() + Duration.ofSeconds(used).toNanos();
    }
    return token;
  }

  /** Forgets a token that the registry refused, unless another one took its place already. */
  synchronized void refused(String refused) {
    if (refused.equals(token)) {
      token = null;
    }
  }

  private JsonNode ask() throws InterruptedException {
    String url = "POST " + oauth.issuer();
    try {
      HttpResponse<String> response = http.send(request(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw RegistryException.answered(
            url, response.statusCode(), response.statusCode(), "the issuer gave no token");
      }
      JsonNode answer = JSON.readTree(response.body());
      if (!answer.path("access_token").isTextual()) {
        throw notUnderstood(url, response.statusCode(), null);
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw notUnderstood(url, 200, e);
    } catch (IOException e) {
      throw RegistryException.unreachable(url, "the issuer of tokens does not answer: " + e, e);
    }
  }

  private static RegistryException notUnderstood(String url, int status, Exception cause) {
    return RegistryException.notUnderstood(
        url, status, "expected JSON with a text member 'access_token'", cause);
  }

  private HttpRequest request() {
    String form =
        "grant_type=client_credentials"
            + oauth.scope().map(scope -> "&scope=" + encode(scope)).orElse("");
    String who = encode(oauth.clientId()) + ":" + encode(oauth.clientSecret());
    return HttpRequest.newBuilder(oauth.issuer())
        .timeout(timeout)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(who.getBytes(StandardCharsets.UTF_8)))
        .POST(BodyPublishers.ofString(form))
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
