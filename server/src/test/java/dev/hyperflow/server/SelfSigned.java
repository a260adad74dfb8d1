package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.jetty.ServerTls;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for this machine's loopback, made by the JDK's own tool.
 *
 * @param store certificate and key, PKCS12
 * @param certificate the certificate, PEM
 * @param key its private key, PEM
 */
public record SelfSigned(Path store, Path certificate, Path key) {

  /** What opens the key store. */
  public static final String PASSWORD = "of-this-test";

  /** Makes one, with all its files in a directory. */
  public static SelfSigned in(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    SelfSigned made =
        new SelfSigned(
            directory.resolve("server.p12"),
            directory.resolve("server.pem"),
            directory.resolve("server.key"));
    made.generate(directory);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(made.store)) {
      store.load(in, PASSWORD.toCharArray());
    }
    Files.writeString(
        made.certificate, pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
    Files.writeString(
        made.key, pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    return made;
  }

  private void generate(Path directory) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.out").toFile())
            .start();
    assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tool.exitValue()).isZero();
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
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
