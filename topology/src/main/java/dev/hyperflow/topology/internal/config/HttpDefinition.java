package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the HTTP server. */
final class HttpDefinition {
  private static final String PORT = "http.port";
  private static final String HOST = "http.host";
  private static final String ADVERTISED_HOST = "http.advertised-host";
  private static final String MAX_CONNECTIONS = "http.max-connections";
  private static final String TOKENS = "http.tokens";
  private static final String CERTIFICATE = "http.tls.certificate";
  private static final String KEY = "http.tls.key";
  private static final String KEYSTORE = "http.tls.keystore";
  private static final String PASSWORD = "http.tls.keystore-password";
  private static final String TRUST = "http.tls.trust";
  private static final String BODY_BYTES = "http.max-body-bytes";
  private static final String IMPORT_BYTES = "http.max-import-bytes";
  private static final String REQUESTS = "http.max-requests";
  private static final String TIMEOUT = "http.timeout.ms";
  private static final String WHAT_IF = "http.what-if-examples";
  private static final String INFLUENCE = "http.influence-examples";

  private HttpDefinition() {}

  static void define(ConfigDef definition) {
    listen(definition);
    security(definition);
    limits(definition);
  }

  private static void listen(ConfigDef definition) {
    definition
        .define(
            PORT,
            Type.INT,
            HttpSettings.OFF,
            between(HttpSettings.OFF, 65_535),
            Importance.MEDIUM,
            "Port of the HTTP API and its page. -1: off. 0: a free port.")
        .define(
            HOST,
            Type.STRING,
            "127.0.0.1",
            new NonEmptyString(),
            Importance.MEDIUM,
            "Address that the HTTP API listens on. Any address except the loopback address needs"
                + " http.tokens.")
        .define(
            ADVERTISED_HOST,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Name or address under which other instances reach the HTTP API of this one. They"
                + " forward requests for its tenants there. Empty: http.host.")
        .define(
            MAX_CONNECTIONS,
            Type.INT,
            2_000,
            between(1, 1_000_000),
            Importance.LOW,
            "Maximum number of open HTTP connections. Further connections wait until they are"
                + " accepted.");
  }

  private static void security(ConfigDef definition) {
    definition
        .define(
            TOKENS,
            Type.STRING,
            "",
            Importance.HIGH,
            "File of the tokens that the HTTP API accepts. ./hyperflow token create writes it."
                + " Empty: requests need no token, and only this machine can connect.")
        .define(
            CERTIFICATE,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Certificate chain of the HTTP API, PEM. Together with http.tls.key it turns on TLS.")
        .define(
            KEY,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Private key of http.tls.certificate, PEM (PKCS#8), not encrypted.")
        .define(
            KEYSTORE,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Key store with certificate and key, PKCS#12, instead of http.tls.certificate.")
        .define(PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Password of http.tls.keystore.")
        .define(
            TRUST,
            Type.STRING,
            "",
            Importance.LOW,
            "Authorities that verify the certificates of other instances, PEM. Empty: those of"
                + " the Java platform.");
  }

  private static void limits(ConfigDef definition) {
    definition
        .define(
            BODY_BYTES,
            Type.INT,
            1 << 20,
            between(1_024, 1 << 30),
            Importance.LOW,
            "Maximum size of the body of an HTTP request, bytes.")
        .define(
            IMPORT_BYTES,
            Type.INT,
            128 << 20,
            between(1_024, Integer.MAX_VALUE),
            Importance.LOW,
            "Maximum size of a file of texts that a request imports, bytes. The server reads it row"
                + " by row.")
        .define(
            REQUESTS,
            Type.INT,
            64,
            between(1, 100_000),
            Importance.LOW,
            "Maximum number of HTTP requests at a time. The server refuses further requests with"
                + " 503.")
        .define(
            TIMEOUT,
            Type.INT,
            10_000,
            between(100, 3_600_000),
            Importance.LOW,
            "Maximum time for an HTTP request to arrive, and for a connection to be idle,"
                + " milliseconds.")
        .define(
            WHAT_IF,
            Type.INT,
            32,
            between(0, 10_000),
            Importance.LOW,
            "Maximum number of examples to add or remove in one what-if prediction.")
        .define(
            INFLUENCE,
            Type.INT,
            512,
            between(0, 100_000),
            Importance.LOW,
            "Maximum number of examples of a tenant for which a request may ask for influences."
                + " Each example costs one integration.");
  }

  /** Reads the settings; wrong combinations are a {@link ConfigException}. */
  static HttpSettings read(ParsedSettings parsed) {
    String host = parsed.getString(HOST);
    String advertised = parsed.getString(ADVERTISED_HOST);
    return new HttpSettings(
        new HttpSettings.Listen(
            parsed.getInt(PORT),
            host,
            advertised.isBlank() ? host : advertised,
            parsed.getInt(MAX_CONNECTIONS)),
        new HttpSettings.Security(path(parsed, TOKENS), tls(parsed)),
        new HttpSettings.Limits(
            parsed.getInt(BODY_BYTES),
            parsed.getInt(IMPORT_BYTES),
            parsed.getInt(REQUESTS),
            parsed.getInt(TIMEOUT),
            parsed.getInt(WHAT_IF),
            parsed.getInt(INFLUENCE)));
  }

  private static Optional<HttpSettings.Tls> tls(ParsedSettings parsed) {
    Optional<Path> certificate = path(parsed, CERTIFICATE);
    Optional<Path> key = path(parsed, KEY);
    Optional<Path> keystore = path(parsed, KEYSTORE);
    if (certificate.isPresent() != key.isPresent()) {
      throw new ConfigException(
          "%s, %s: expected both or none, found one of them".formatted(CERTIFICATE, KEY));
    }
    if (certificate.isPresent() && keystore.isPresent()) {
      throw new ConfigException(
          "%s: expected none together with %s, found %s"
              .formatted(KEYSTORE, CERTIFICATE, keystore.get()));
    }
    return certificate
        .or(() -> keystore)
        .map(
            file ->
                new HttpSettings.Tls(
                    file, key, parsed.getPassword(PASSWORD).value(), path(parsed, TRUST)));
  }

  private static Optional<Path> path(ParsedSettings parsed, String name) {
    return parsed.optional(name).map(Path::of);
  }
}
