package dev.hyperflow.schemas.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Makes TLS contexts from files. Stores are read the way Kafka's own clients read them. Messages of
 * exceptions name files, never passwords.
 */
public final class Tls {
  // Kafka's factory reads key stores, trust stores and certificates. It takes no Ed25519 keys, and
  // no key in a file of its own, so certificate and key in two PEM files are read here.

  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final char[] IN_MEMORY = "memory".toCharArray();

  private Tls() {}

  /**
   * Returns the context for Kafka's {@code ssl.} keys.
   *
   * @throws KafkaException if a store cannot be read
   */
  public static SSLContext of(Map<String, Object> configs) {
    ConfigDef definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(definition.parse(configs));
      return factory.sslContext();
    }
  }

  /**
   * Returns the context that shows the certificate of a PKCS#12 key store.
   *
   * @param password of the store and of its key, may be empty
   * @throws IOException if the file cannot be used
   */
  public static SSLContext showing(Path keyStore, String password) throws IOException {
    return read(
        Map.of(
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            "PKCS12",
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            keyStore.toString(),
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            new Password(password),
            SslConfigs.SSL_KEY_PASSWORD_CONFIG,
            new Password(password)));
  }

  /**
   * Returns the context that shows a certificate.
   *
   * @param certificate the chain, PEM
   * @param key its private key, PEM (PKCS#8), not encrypted
   * @throws IOException if a file cannot be read
   * @throws GeneralSecurityException if a file does not hold what it should
   */
  public static SSLContext showing(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", privateKey(key), IN_MEMORY, chain(certificate));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, IN_MEMORY);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /**
   * Returns the context that trusts some authorities and nobody else.
   *
   * @param authorities their certificates, PEM
   * @throws IOException if the file cannot be used
   */
  public static SSLContext trusting(Path authorities) throws IOException {
    return read(
        Map.of(
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            "PEM",
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            authorities.toString()));
  }

  private static SSLContext read(Map<String, Object> configs) throws IOException {
    try {
      return of(configs);
    } catch (KafkaException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
        .toArray(new Certificate[0]);
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new InvalidKeySpecException(
          "no '" + BEGIN + "'; openssl pkcs8 -topk8 -nocrypt makes it");
    }
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(decoded(text, from + BEGIN.length(), to));
    for (String kind : KEY_KINDS) {
      Optional<PrivateKey> key = privateKey(kind, spec);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new InvalidKeySpecException("a key that is none of " + KEY_KINDS);
  }

  private static byte[] decoded(String text, int from, int to) throws InvalidKeySpecException {
    try {
      return Base64.getMimeDecoder().decode(text.substring(from, to));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
  }

  /** The key, unless it is of another kind. */
  private static Optional<PrivateKey> privateKey(String kind, PKCS8EncodedKeySpec spec)
      throws NoSuchAlgorithmException {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    }
  }
}
