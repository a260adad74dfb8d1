package dev.hyperflow.server;

import dev.hyperflow.server.auth.Callers;
import dev.hyperflow.server.auth.OidcTokens;
import dev.hyperflow.server.auth.TokenFile;
import dev.hyperflow.server.auth.Tokens;
import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.http.RouteTable;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.server.jetty.JettyServer;
import dev.hyperflow.server.jetty.ServerTls;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.server.routes.RouteList;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP API of an instance. It listens before the application starts, so that its port is known
 * to the other instances, and that restoration can be watched. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private final Instance instance;
  private final HttpSettings settings;
  private final TopicWriter writer;
  private final JettyServer server;

  private HttpServer(
      Instance instance, HttpSettings settings, TopicWriter writer, JettyServer server) {
    this.instance = instance;
    this.settings = settings;
    this.writer = writer;
    this.server = server;
  }

  /**
   * Starts to listen, when the configuration wants a server.
   *
   * @param metrics the application's meters, to be closed after the server
   * @throws ServerStartException when it cannot
   */
  public static Optional<HttpServer> start(ApplicationConfig config, MetricsPage metrics) {
    HttpSettings settings = config.http();
    if (!settings.isOn()) {
      return Optional.empty();
    }
    Dispatcher.Guard guard = guard(settings);
    Instance instance = new Instance(config, metrics);
    TopicWriter writer = new TopicWriter(config);
    Optional<HttpSettings.Tls> tls = settings.security().tls();
    Peers.Cluster cluster =
        new Peers.Cluster(tenant -> instance.view().owner(tenant), () -> instance.view().others());
    Peers peers = new Peers(cluster, settings, tls.map(ServerTls::ofClient));
    List<Route> routes = RouteList.of(instance, writer, peers, InstantSource.system());
    HttpServer server =
        new HttpServer(
            instance,
            settings,
            writer,
            JettyServer.start(
                settings,
                tls.map(ServerTls::ofServer),
                new Dispatcher(new RouteTable(routes), guard, peers)));
    instance.named(settings.listen().advertisedHost() + ":" + server.server.port());
    return Optional.of(server);
  }

  /**
   * Checks what a start needs besides a free port: an address that may be opened, the token file,
   * certificate and key.
   *
   * @throws ServerStartException when one of them cannot be used
   */
  public static void check(ApplicationConfig config) {
    HttpSettings settings = config.http();
    if (settings.isOn()) {
      guard(settings);
      settings.security().tls().ifPresent(ServerTls::ofServer);
      settings.security().tls().ifPresent(ServerTls::ofClient);
    }
  }

  /** Without tokens everybody may do everything: so nobody but this machine may connect. */
  private static Dispatcher.Guard guard(HttpSettings settings) {
    HttpSettings.Security security = settings.security();
    if (security.isOpen()) {
      if (!isLoopback(settings.listen().host())) {
        throw new ServerStartException(
            "http.host: expected this machine's loopback address while neither http.tokens nor"
                + " http.oidc.issuer is set, found %s".formatted(settings.listen().host()),
            null);
      }
      return authorization -> Grant.ALL;
    }
    return new Callers(
        security.tokens().map(file -> new Tokens(new TokenFile(file))),
        security.oidc().map(oidc -> new OidcTokens(oidc, settings.limits().timeoutMillis())));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ServerStartException(
          "http.host: expected an address of this machine, found " + host, e);
    }
  }

  /** The configuration of an application that other instances find by this server. */
  public ApplicationConfig advertisedBy(ApplicationConfig config) {
    return config.advertising(settings.listen().advertisedHost(), server.port());
  }

  /** The application has started. */
  public void serve(RunningApplication application) {
    instance.started(application);
  }

  /** Where a browser finds it. */
  public String url() {
    String host = settings.listen().host();
    return "%s://%s:%d/"
        .formatted(
            settings.security().tls().isPresent() ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            server.port());
  }

  @Override
  public void close() {
    server.close();
    writer.close();
  }
}
