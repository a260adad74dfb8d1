package dev.hyperflow.server.jetty;

import dev.hyperflow.schemas.internal.tls.Tls;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** The TLS contexts that {@code http.tls.*} asks for. */
public final class ServerTls {
  private ServerTls() {}

  /**
   * The context with the server's certificate.
   *
   * @throws ServerStartException when a file cannot be used
   */
  public static SSLContext ofServer(HttpSettings.Tls tls) {
    try {
      return tls.key().isPresent()
          ? Tls.showing(tls.certificate(), tls.key().get())
          : Tls.showing(tls.certificate(), tls.password());
    } catch (IOException | GeneralSecurityException e) {
      throw new ServerStartException(
          "http.tls: expected a certificate and its key in %s, found: %s"
              .formatted(tls.certificate(), e.getMessage()),
          e);
    }
  }

  /**
   * The context for calls to other instances; without {@code http.tls.trust} the platform's.
   *
   * @throws ServerStartException when the file cannot be used
   */
  public static SSLContext ofClient(HttpSettings.Tls tls) {
    return tls.trust().map(ServerTls::trusting).orElseGet(ServerTls::ofPlatform);
  }

  private static SSLContext trusting(Path authorities) {
    try {
      return Tls.trusting(authorities);
    } catch (IOException e) {
      throw new ServerStartException(
          "http.tls.trust: expected certificates in %s, found: %s"
              .formatted(authorities, e.getMessage()),
          e);
    }
  }

  private static SSLContext ofPlatform() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform has TLS", e);
    }
  }
}
