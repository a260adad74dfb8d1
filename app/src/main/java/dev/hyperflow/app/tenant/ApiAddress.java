package dev.hyperflow.app.tenant;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an application is asked, and as whom.
 *
 * @param base URL before {@code /api}, without a slash at its end
 * @param token sent with every request, if there is one
 * @param trust authorities, PEM, that its certificate is checked with; empty: the platform's
 * @param patience how long what may pass is tried again
 */
public record ApiAddress(
    String base, Optional<String> token, Optional<Path> trust, Duration patience) {

  /**
   * An address.
   *
   * @throws IllegalArgumentException when the URL is none of a host
   */
  public ApiAddress {
    base = checked(base);
  }

  private static String checked(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(expected(url), e);
    }
    throw new IllegalArgumentException(expected(url));
  }

  private static String expected(String url) {
    return "expected http://HOST:PORT or https://HOST:PORT, found " + url;
  }

  @Override
  public String toString() {
    return base;
  }
}
