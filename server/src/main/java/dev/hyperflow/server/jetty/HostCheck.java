package dev.hyperflow.server.jetty;

import dev.hyperflow.topology.internal.config.HttpSettings;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * Without tokens, refuses requests that were made for another host: a page of the web that has its
 * own name resolve to this machine (DNS rebinding), or that posts here from elsewhere. Pages of the
 * configured origins may.
 */
final class HostCheck {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final boolean needed;
  private final Set<String> configured;
  private final Set<String> origins;

  HostCheck(HttpSettings settings) {
    this.needed = settings.security().isOpen();
    this.origins = Set.copyOf(settings.browser().origins());
    this.configured =
        Set.of(
            settings.listen().host().toLowerCase(Locale.ROOT),
            settings.listen().advertisedHost().toLowerCase(Locale.ROOT) + ".");
  }

  boolean allows(Request request) {
    if (!needed) {
      return true;
    }
    String origin = request.getHeaders().get("Origin");
    if (origin != null && origins.contains(origin)) {
      return isHere(Request.getServerName(request));
    }
    return isHere(Request.getServerName(request))
        && (origin == null || isHere(hostOf(origin)))
        && !"cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"));
  }

  private boolean isHere(String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return HERE.contains(name) || configured.contains(name) || configured.contains(name + ".");
  }

  /** The host in {@code scheme://host:port}. */
  private static String hostOf(String origin) {
    int from = origin.indexOf("://");
    if (from < 0) {
      return "";
    }
    String authority = origin.substring(from + 3);
    int port = authority.lastIndexOf(':');
    return port > authority.lastIndexOf(']') && port >= 0
        ? authority.substring(0, port)
        : authority;
  }
}
