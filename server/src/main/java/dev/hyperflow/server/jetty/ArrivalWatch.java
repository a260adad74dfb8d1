package dev.hyperflow.server.jetty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request arrives whole in time, not even when a byte comes now and
 * then: Jetty's idle timeout begins anew with each. Beyond a number of connections, the one that
 * has waited longest gives way, so that idle clients starve nobody. Thread-safe.
 */
final class ArrivalWatch extends AbstractLifeCycle implements Connection.Listener {
  // A connection waits from its opening, or from the end of its last answer, until a request's
  // headers are complete. Bodies are timed by who reads them.

  private static final int LOOKS = 4;

  private final Server server;
  private final long mostNanos;
  private final int mostWaiting;
  private final Map<Connection, Long> waitingSince = new ConcurrentHashMap<>();
  private volatile Scheduler.Task next;

  /**
   * A watch.
   *
   * @param timeoutMillis longest time that a connection may wait
   * @param mostWaiting most connections that may wait at a time; those with a request under way are
   *     bounded by the server's threads
   */
  ArrivalWatch(Server server, int timeoutMillis, int mostWaiting) {
    this.server = server;
    this.mostWaiting = mostWaiting;
    this.mostNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  @Override
  protected void doStop() {
    next.cancel();
  }

  private void lookLater() {
    next =
        server
            .getScheduler()
            .schedule(this::look, Math.max(1, mostNanos / LOOKS), TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    waitingSince.forEach(
        (connection, since) -> {
          // Removed by value: not when a request has arrived this very moment.
          if (now - since > mostNanos && waitingSince.remove(connection, since)) {
            connection.close();
          }
        });
    if (isStarted()) {
      lookLater();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    // Under TLS there are two for each client; the inner one is opened before the handshake.
    if (!(connection instanceof SslConnection)) {
      waiting(connection);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    waitingSince.remove(connection);
  }

  /** A request has arrived, its body apart. */
  void arrived(Connection connection) {
    waitingSince.remove(connection);
  }

  /** An answer has been sent. */
  void answered(Connection connection) {
    if (connection.getEndPoint().isOpen()) {
      waiting(connection);
    }
  }

  private void waiting(Connection connection) {
    waitingSince.put(connection, System.nanoTime());
    while (waitingSince.size() > mostWaiting) {
      giveWay(connection);
    }
  }

  private void giveWay(Connection to) {
    waitingSince.entrySet().stream()
        .filter(waiting -> waiting.getKey() != to)
        .min((one, other) -> Long.signum(one.getValue() - other.getValue()))
        .filter(oldest -> waitingSince.remove(oldest.getKey(), oldest.getValue()))
        .ifPresent(oldest -> oldest.getKey().close());
  }
}
