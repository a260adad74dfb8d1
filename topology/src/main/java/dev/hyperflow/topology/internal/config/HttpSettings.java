package dev.hyperflow.topology.internal.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the HTTP server is set up.
 *
 * @param listen where it listens
 * @param security who may come in
 * @param limits what a request may take
 */
public record HttpSettings(Listen listen, Security security, Limits limits) {

  /** The port that stands for no server. */
  public static final int OFF = -1;

  /**
   * Where it listens.
   *
   * @param port {@link #OFF}, 0 for a free one, or a port
   * @param host the address it binds
   * @param advertisedHost where other instances reach it
   * @param maxConnections most open connections
   */
  public record Listen(int port, String host, String advertisedHost, int maxConnections) {}

  /**
   * Who may come in.
   *
   * @param tokens the file of tokens; empty: everybody, and only from this machine
   * @param tls how it encrypts; empty: not at all
   */
  public record Security(Optional<Path> tokens, Optional<Tls> tls) {}

  /**
   * Certificate and key, either as PEM files or as a PKCS#12 key store.
   *
   * @param certificate chain in PEM, or the key store
   * @param key private key in PEM (PKCS#8); empty for a key store
   * @param password of the key store, may be empty
   * @param trust authorities in PEM for calls to other instances; empty: the platform's
   */
  public record Tls(Path certificate, Optional<Path> key, String password, Optional<Path> trust) {
    @Override
    public String toString() {
      return "Tls[%s]".formatted(certificate);
    }
  }

  /**
   * What a request may take.
   *
   * @param bodyBytes largest body of JSON
   * @param importBytes largest file that is imported
   * @param requests most requests at a time
   * @param timeoutMillis longest time that a request may take to arrive, and idle time of a
   *     connection
   * @param whatIfExamples most examples with and without which a prediction can be asked for
   * @param influenceExamples most examples of a tenant whose influences are computed
   */
  public record Limits(
      int bodyBytes,
      int importBytes,
      int requests,
      int timeoutMillis,
      int whatIfExamples,
      int influenceExamples) {}

  /** Whether there is a server. */
  public boolean isOn() {
    return listen.port() != OFF;
  }

  /** The same on another port. */
  public HttpSettings withPort(int port) {
    return new HttpSettings(
        new Listen(port, listen.host(), listen.advertisedHost(), listen.maxConnections()),
        security,
        limits);
  }
}
