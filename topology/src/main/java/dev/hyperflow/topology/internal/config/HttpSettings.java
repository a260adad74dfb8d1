package dev.hyperflow.topology.internal.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the HTTP server is set up.
 *
 * @param listen where it listens
 * @param browser what browsers are told
 * @param security who may come in
 * @param limits what a request may take
 */
public record HttpSettings(Listen listen, Browser browser, Security security, Limits limits) {

  /** The port that stands for no server. */
  public static final int OFF = -1;

  /**
   * Where it listens.
   *
   * @param port {@link #OFF}, 0 for a free one, or a port
   * @param host the address it binds
   * @param advertisedHost where other instances reach it
   * @param maxConnections most connections without a request under way
   */
  public record Listen(int port, String host, String advertisedHost, int maxConnections) {}

  /**
   * What browsers are told.
   *
   * @param basePath the path before the API's own under which a proxy shows it, {@code /name};
   *     empty for none
   * @param origins {@code scheme://host[:port]} of pages from elsewhere that may call the API
   */
  public record Browser(String basePath, List<String> origins) {}

  /**
   * Who may come in.
   *
   * @param tokens the file of tokens; empty: none
   * @param oidc the provider of tokens from elsewhere; empty: none
   * @param tls how it encrypts; empty: not at all
   */
  public record Security(Optional<Path> tokens, Optional<Oidc> oidc, Optional<Tls> tls) {

    /** Whether everybody may come in without a token, and so from this machine only. */
    public boolean isOpen() {
      return tokens.isEmpty() && oidc.isEmpty();
    }
  }

  /**
   * A provider of OpenID Connect whose access tokens are accepted.
   *
   * @param issuer the claim {@code iss}, and where the provider describes itself
   * @param audience what the claim {@code aud} must contain
   * @param keys where its keys are; empty: where the issuer says
   * @param scopePrefix what stands before read, write or admin in the claim {@code scope}
   * @param tenantsClaim the claim that lists the tenants of a token; empty: tokens are for all
   */
  public record Oidc(
      URI issuer,
      String audience,
      Optional<URI> keys,
      String scopePrefix,
      Optional<String> tenantsClaim) {}

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
   * @param batchQueries most questions in one request for predictions
   * @param whatIfExamples most examples with and without which a prediction can be asked for
   * @param influenceExamples most examples of a tenant whose influences are computed
   */
  public record Limits(
      int bodyBytes,
      int importBytes,
      int requests,
      int timeoutMillis,
      int batchQueries,
      int whatIfExamples,
      int influenceExamples) {}

  /** Whether there is a server. */
  public boolean isOn() {
    return listen.port() != OFF;
  }
}
