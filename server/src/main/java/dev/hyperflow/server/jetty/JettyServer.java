package dev.hyperflow.server.jetty;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Listens and hands requests to a dispatcher. Owns its threads until it is closed. */
public final class JettyServer implements AutoCloseable {
  // Paths come as they are: a tenant may be called `a/b` or `..`, and no path names a file.

  private static final int HEADER_BYTES = 32 * 1024;

  /** Connections that may wait to be accepted; the kernel may have a smaller bound of its own. */
  private static final int WAITING_CONNECTIONS = 1_024;

  private static final int SPARE_THREADS = 8;
  private static final int MIN_THREADS = 4;
  private static final long STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;

  private JettyServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to listen.
   *
   * @param tls encrypts, if there is one
   * @throws ServerStartException when it cannot listen there
   */
  public static JettyServer start(
      HttpSettings settings, Optional<SSLContext> tls, Dispatcher dispatcher) {
    QueuedThreadPool threads =
        new QueuedThreadPool(settings.limits().requests() + SPARE_THREADS, MIN_THREADS);
    threads.setName("hyperflow-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = connector(server, settings, tls);
    server.addConnector(connector);
    ArrivalWatch arrivals =
        new ArrivalWatch(
            server, settings.limits().timeoutMillis(), settings.listen().maxConnections());
    connector.addBean(arrivals);
    Entrance entrance = new Entrance(settings, dispatcher, arrivals);
    server.setHandler(openTo(settings.browser().origins(), entrance));
    server.setErrorHandler(entrance.errors());
    server.setStopTimeout(STOP_MILLIS);
    try {
      server.start();
      return new JettyServer(server, connector);
    } catch (Exception e) {
      stop(server);
      throw new ServerStartException(
          "http.port: expected to listen on %s port %d, found: %s"
              .formatted(settings.listen().host(), settings.listen().port(), Causes.rootMessage(e)),
          e);
    }
  }

  /** Answers preflights of these origins, and marks what their pages may read. */
  private static Handler openTo(List<String> origins, Handler entrance) {
    if (origins.isEmpty()) {
      return entrance;
    }
    CrossOriginHandler cors = new CrossOriginHandler();
    cors.setAllowedOriginPatterns(
        origins.stream().map(Pattern::quote).collect(Collectors.toUnmodifiableSet()));
    cors.setAllowedMethods(Set.of("GET", "HEAD", "POST", "DELETE"));
    cors.setAllowedHeaders(Set.of("Authorization", "Content-Type"));
    cors.setExposedHeaders(Set.of("Retry-After", "Allow", "WWW-Authenticate"));
    cors.setHandler(entrance);
    return cors;
  }

  private static ServerConnector connector(
      Server server, HttpSettings settings, Optional<SSLContext> tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setIdleTimeout(settings.limits().timeoutMillis());
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        tls.isPresent()
            ? new ServerConnector(server, 1, 1, ssl(tls.get()), plain)
            : new ServerConnector(server, 1, 1, plain);
    connector.setHost(settings.listen().host());
    connector.setPort(settings.listen().port());
    connector.setAcceptQueueSize(WAITING_CONNECTIONS);
    connector.setIdleTimeout(settings.limits().timeoutMillis());
    return connector;
  }

  private static SslConnectionFactory ssl(SSLContext context) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context);
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return new SslConnectionFactory(factory, "http/1.1");
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }

  @Override
  public void close() {
    stop(server);
  }
}
