package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final String BASE_PATH = "http.base-path";
  private static final String ORIGINS = "http.cors.origins";
  private static final String TOKENS = "http.tokens";
  private static final String ISSUER = "http.oidc.issuer";
  private static final String AUDIENCE = "http.oidc.audience";
  private static final String KEYS = "http.oidc.keys";
  private static final String SCOPE_PREFIX = "http.oidc.scope-prefix";
  private static final String TENANTS_CLAIM = "http.oidc.tenants-claim";
  private static final String CERTIFICATE = "http.tls.certificate";
  private static final String KEY = "http.tls.key";
  private static final String KEYSTORE = "http.tls.keystore";
  private static final String PASSWORD = "http.tls.keystore-password";
  private static final String TRUST = "http.tls.trust";
  private static final String BODY_BYTES = "http.max-body-bytes";
  private static final String IMPORT_BYTES = "http.max-import-bytes";
  private static final String REQUESTS = "http.max-requests";
  private static final String TIMEOUT = "http.timeout.ms";
  private static final String BATCH = "http.batch-queries";
  private static final String WHAT_IF = "http.what-if-examples";
  private static final String INFLUENCE = "http.influence-examples";

  private static final Pattern BASE_PATHS =
      Pattern.compile("(?!/(api|assets|health|metrics)(/|$))(/[A-Za-z0-9][A-Za-z0-9._-]*)+");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(\\[[0-9a-f:]+]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:[0-9]{1,5})?");

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
                + " http.tokens or http.oidc.issuer.")
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
            "Maximum number of HTTP connections without a request under way. Beyond it, the one"
                + " that has waited longest is closed.")
        .define(
            BASE_PATH,
            Type.STRING,
            "",
            Importance.LOW,
            "Path under which a proxy shows the HTTP API and its page, such as /hyperflow. The"
                + " server answers with and without it.")
        .define(
            ORIGINS,
            Type.STRING,
            "",
            Importance.LOW,
            "Origins whose pages may call the HTTP API from a browser (CORS), such as"
                + " https://support.example.org, comma-separated. Empty: none but its own.");
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
            ISSUER,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Issuer of a provider of OpenID Connect whose access tokens (JWT) are accepted, beside"
                + " those of http.tokens. Needs http.oidc.audience.")
        .define(
            AUDIENCE, Type.STRING, "", Importance.MEDIUM, "Audience that such a token must name.")
        .define(
            KEYS,
            Type.STRING,
            "",
            Importance.LOW,
            "Address of the provider's keys (JWKS). Empty: where the issuer's"
                + " /.well-known/openid-configuration says.")
        .define(
            SCOPE_PREFIX,
            Type.STRING,
            "hyperflow:",
            Importance.LOW,
            "What stands before read, write or admin in the claim scope of such a token.")
        .define(
            TENANTS_CLAIM,
            Type.STRING,
            "",
            Importance.LOW,
            "Claim that lists the tenants of such a token; a token without it is then refused."
                + " Empty: such tokens are for all tenants.")
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
            between(1_024, 2_000_000_000),
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
            BATCH,
            Type.INT,
            256,
            between(1, 10_000),
            Importance.LOW,
            "Maximum number of texts in one request for predictions.")
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
        new HttpSettings.Browser(basePath(parsed), origins(parsed)),
        new HttpSettings.Security(path(parsed, TOKENS), oidc(parsed), tls(parsed)),
        new HttpSettings.Limits(
            parsed.getInt(BODY_BYTES),
            parsed.getInt(IMPORT_BYTES),
            parsed.getInt(REQUESTS),
            parsed.getInt(TIMEOUT),
            parsed.getInt(BATCH),
            parsed.getInt(WHAT_IF),
            parsed.getInt(INFLUENCE)));
  }

  private static String basePath(ParsedSettings parsed) {
    String found = parsed.getString(BASE_PATH);
    if (!found.isEmpty() && !BASE_PATHS.matcher(found).matches()) {
      throw new ConfigException(
          BASE_PATH,
          found,
          "expected /name or /name/name of letters, digits, '-', '_' and '.', and no path of the API");
    }
    return found;
  }

  private static List<String> origins(ParsedSettings parsed) {
    List<String> origins =
        parsed.optional(ORIGINS).stream()
            .flatMap(all -> Stream.of(all.split(",", -1)))
            .map(String::strip)
            .toList();
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new ConfigException(
            ORIGINS, origin, "expected scheme://host or scheme://host:port, without a path");
      }
    }
    return origins;
  }

  private static Optional<HttpSettings.Oidc> oidc(ParsedSettings parsed) {
    Optional<URI> issuer = address(parsed, ISSUER);
    Optional<String> audience = parsed.optional(AUDIENCE);
    if (issuer.isPresent() != audience.isPresent()) {
      throw new ConfigException(
          "%s, %s: expected both or none, found one of them".formatted(ISSUER, AUDIENCE));
    }
    return issuer.map(
        uri ->
            new HttpSettings.Oidc(
                uri,
                audience.orElseThrow(),
                address(parsed, KEYS),
                parsed.getString(SCOPE_PREFIX),
                parsed.optional(TENANTS_CLAIM)));
  }

  /** Keys that anybody on the way could replace would let anybody in. */
  private static Optional<URI> address(ParsedSettings parsed, String name) {
    return parsed
        .optional(name)
        .map(
            text -> {
              try {
                URI uri = new URI(text).parseServerAuthority();
                if (uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && isHere(uri.getHost())))) {
                  return uri;
                }
              } catch (URISyntaxException e) {
                throw notAnAddress(name, text);
              }
              throw notAnAddress(name, text);
            });
  }

  private static boolean isHere(String host) {
    return List.of("localhost", "127.0.0.1", "[::1]").contains(host);
  }

  private static ConfigException notAnAddress(String name, String found) {
    return new ConfigException(
        name, found, "expected https://host[:port][/path], or http:// of this machine");
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
