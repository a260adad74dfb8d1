package dev.hyperflow.demo.registry;

import com.sun.net.httpserver.HttpServer;
import dev.hyperflow.demo.broker.LoopbackPorts;
import dev.hyperflow.schemas.internal.registry.InMemoryRegistry;
import dev.hyperflow.schemas.internal.registry.RegistryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running registry server on the loopback interface.
 *
 * <p>Whoever starts it closes it; closing frees the port. Threads are daemons and its own. All
 * methods are thread-safe.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService executor;

  private EmbeddedRegistry(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts a registry that keeps its content in memory only.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @throws IllegalStateException if the port is taken; the message names it
   */
  public static EmbeddedRegistry start(int port) {
    return start(port, RegistryStore.NONE);
  }

  /**
   * Starts a registry that keeps its content in a file, with what the file holds from earlier runs.
   *
   * @param port 1 to 65535, or 0 for any free one
   * @param file created with its directory when the first schema is registered
   * @throws IllegalStateException if the port is taken; the message names it
   * @throws UncheckedIOException if the file cannot be read; the message says what is wrong with it
   */
  public static EmbeddedRegistry start(int port, Path file) {
    return start(port, new FileStore(file));
  }

  /** Returns the value for {@code schema.registry.url}. */
  public String url() {
    return "http://%s:%d".formatted(server.getAddress().getAddress().getHostAddress(), port());
  }

  /** Returns the port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once and frees the port. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private static EmbeddedRegistry start(int port, RegistryStore store) {
    InMemoryRegistry registry = InMemoryRegistry.open("embedded registry", store);
    // Not getLoopbackAddress: with IPv6 preferred that is ::1, and an URL needs brackets then.
    InetSocketAddress address = new InetSocketAddress(LoopbackPorts.address(), port);
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IllegalStateException(
          "--registry-port: expected a free port on %s, found %d taken or forbidden (%s); choose another one, 0 for any"
              .formatted(address.getAddress().getHostAddress(), port, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Schema registry: cannot listen on " + address, e);
    }
    AtomicInteger number = new AtomicInteger();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "embedded-registry-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/", new RestHandler(new RestApi(registry)));
    server.start();
    return new EmbeddedRegistry(server, executor);
  }
}
