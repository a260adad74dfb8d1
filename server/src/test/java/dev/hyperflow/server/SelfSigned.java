package dev.hyperflow.server;

import dev.hyperflow.models.Identity;
import dev.hyperflow.server.jetty.ServerTls;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for this machine's loopback.
 *
 * @param store certificate and key, PKCS12
 * @param certificate the certificate, PEM
 * @param key its private key, PEM
 */
public record SelfSigned(Path store, Path certificate, Path key) {

  /** What opens the key store. */
  public static final String PASSWORD = Identity.PASSWORD;

  /** Makes one, with all its files in a directory. */
  public static SelfSigned in(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Identity made = Identity.make(directory, "localhost", "EC");
    return new SelfSigned(made.store(), made.certificate(), made.key());
  }

  /** Settings of a server that shows it, by PEM files, and that trusts it. */
  public Map<String, String> settings() {
    return Map.of(
        "http.tls.certificate", certificate.toString(),
        "http.tls.key", key.toString(),
        "http.tls.trust", certificate.toString());
  }

  /** What a client needs that trusts it and nobody else. */
  public SSLContext trusted() {
    return ServerTls.ofClient(
        new HttpSettings.Tls(certificate, Optional.empty(), "", Optional.of(certificate)));
  }
}
