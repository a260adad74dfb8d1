package dev.hyperflow.schemas.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void shouldShowACertificateOfAnyKindFromPemFiles(String kind) throws Exception {
    Identity identity = identity("one", kind);

    SSLContext server = Tls.showing(identity.certificate(), identity.key());

    assertThat(shown(server, Tls.trusting(identity.certificate()))).isEqualTo("CN=one");
  }

  @Test
  void shouldShowTheCertificateOfAKeyStore() throws Exception {
    Identity identity = identity("one", "EC");

    SSLContext server = Tls.showing(identity.store(), Identity.PASSWORD);

    assertThat(shown(server, Tls.trusting(identity.certificate()))).isEqualTo("CN=one");
  }

  @Test
  void shouldTrustNobodyElse() throws Exception {
    Identity one = identity("one", "EC");
    Identity other = identity("other", "EC");

    SSLContext server = Tls.showing(one.certificate(), one.key());

    assertThatExceptionOfType(SSLException.class)
        .isThrownBy(() -> shown(server, Tls.trusting(other.certificate())));
  }

  @Test
  void shouldSayWhatIsWrongWithAFileAndNeverTellThePassword() throws Exception {
    Identity identity = identity("one", "EC");

    assertThatThrownBy(() -> Tls.showing(identity.certificate(), identity.certificate()))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    assertThatThrownBy(() -> Tls.showing(identity.store(), "s3cret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(identity.store().toString())
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> Tls.trusting(identity.key())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Tls.trusting(directory.resolve("none.pem")))
        .isInstanceOf(IOException.class);
  }

  private Identity identity(String name, String kind) throws Exception {
    return Identity.make(directory, name, kind);
  }

  /** The name on the certificate that a client with {@code trust} accepts. */
  private static String shown(SSLContext server, SSLContext trust) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (SSLServerSocket listening =
            (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0);
        SSLSocket client =
            (SSLSocket)
                trust.getSocketFactory().createSocket("127.0.0.1", listening.getLocalPort())) {
      Future<?> accepted =
          pool.submit(
              () -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                  socket.startHandshake();
                }
                return null;
              });
      client.startHandshake();
      X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
      accepted.get();
      return certificate.getSubjectX500Principal().getName();
    } finally {
      pool.shutdownNow();
    }
  }
}
