package dev.hyperflow.app.lifecycle;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A program of its own, for the health check of an image: asks a running application whether it
 * lives. Exits with 0 or 1. Needs nothing but the JDK, so that it starts quickly.
 */
public final class HealthProbe {
  /** The environment variable that names another address. */
  static final String URL_VARIABLE = "HYPERFLOW_HEALTH_URL";

  private static final String DEFAULT_URL = "http://127.0.0.1:8080/health/live";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private HealthProbe() {}

  /** Asks, and says why not. */
  public static void main(String[] args) {
    String url = Optional.ofNullable(System.getenv(URL_VARIABLE)).orElse(DEFAULT_URL);
    Optional<String> trouble = troubleOf(url);
    trouble.ifPresent(System.err::println);
    System.exit((trouble.isEmpty() ? ExitCode.OK : ExitCode.FAILED).code());
  }

  /** What is wrong, empty when the answer is 200. */
  static Optional<String> troubleOf(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK
          ? Optional.empty()
          : Optional.of("%s: expected 200, found %d".formatted(url, status));
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      return Optional.of("%s: expected an answer, found: %s".formatted(url, e.getMessage()));
    }
  }
}
