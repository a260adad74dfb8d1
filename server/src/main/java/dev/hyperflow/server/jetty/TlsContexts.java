package dev.hyperflow.server.jetty;

import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys from files. */
public final class TlsContexts {
  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");
  private static final char[] IN_MEMORY = "memory".toCharArray();

  private TlsContexts() {}

  /**
   * What the server shows.
   *
   * @throws ServerStartException when a file cannot be used
   */
  public static SSLContext ofServer(HttpSettings.Tls tls) {
    try {
      boolean pem = tls.key().isPresent();
      char[] password = pem ? IN_MEMORY : tls.password().toCharArray();
      KeyStore store = pem ? ofPem(tls) : keyStore(tls.certificate(), password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new ServerStartException(
          "http.tls: expected a certificate and its key in %s, found: %s"
              .formatted(tls.certificate(), e.getMessage()),
          e);
    }
  }

  /**
   * What calls to other instances trust.
   *
   * @throws ServerStartException when the file cannot be used
   */
  public static SSLContext ofClient(HttpSettings.Tls tls) {
    return tls.trust().map(TlsContexts::trusting).orElseGet(TlsContexts::ofPlatform);
  }

  private static SSLContext ofPlatform() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform has TLS", e);
    }
  }

  /**
   * What trusts these authorities alone.
   *
   * @param authorities their certificates, PEM
   * @throws ServerStartException when the file cannot be used
   */
  public static SSLContext trusting(Path authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate authority : certificates(authorities)) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      if (number == 0) {
        throw new IOException("none");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ServerStartException(
          "http.tls.trust: expected certificates in %s, found: %s"
              .formatted(authorities, e.getMessage()),
          e);
    }
  }

  private static KeyStore keyStore(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static KeyStore ofPem(HttpSettings.Tls tls) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        key(tls.key().orElseThrow()),
        IN_MEMORY,
        certificates(tls.certificate()).toArray(new Certificate[0]));
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String begin = "-----BEGIN PRIVATE KEY-----";
    String end = "-----END PRIVATE KEY-----";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new InvalidKeySpecException(
          "no '" + begin + "'; openssl pkcs8 -topk8 -nocrypt makes it");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(
            Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
    for (String kind : KEY_KINDS) {
      Optional<PrivateKey> key = key(kind, spec);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new InvalidKeySpecException("a key that is none of " + KEY_KINDS);
  }

  /** The key, unless it is of another kind. */
  private static Optional<PrivateKey> key(String kind, PKCS8EncodedKeySpec spec)
      throws NoSuchAlgorithmException {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }
}
