package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
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

  static void define(SettingList settings) {
    listen(settings);
    security(settings);
    limits(settings);
  }

  private static void listen(SettingList settings) {
    settings
        .integer(
            PORT,
            HttpSettings.OFF,
            between(HttpSettings.OFF, 65_535),
            "Port of the HTTP API and its page. -1: off. 0: a free port.")
        .text(
            HOST,
            "127.0.0.1",
            new NonEmptyString(),
            "Address that the HTTP API listens on. Any address except the loopback address needs"
                + " http.tokens or http.oidc.issuer.")
        .text(
            ADVERTISED_HOST,
            "",
            "Name or address under which other instances reach the HTTP API of this one. They"
                + " forward requests for its tenants there. Empty: http.host.")
        .integer(
            MAX_CONNECTIONS,
            2_000,
            between(1, 1_000_000),
            "Maximum number of HTTP connections without a request under way. Beyond it, the one"
                + " that has waited longest is closed.")
        .text(
            BASE_PATH,
            "",
            "Path under which a proxy shows the HTTP API and its page, such as /hyperflow. The"
                + " server answers with and without it.")
        .text(
            ORIGINS,
            "",
            "Origins whose pages may call the HTTP API from a browser (CORS), such as"
                + " https://support.example.org, comma-separated. Empty: none but its own.");
  }

  private static void security(SettingList settings) {
    settings
        .text(
            TOKENS,
            "",
            "File of the tokens that the HTTP API accepts. ./hyperflow token create writes it."
                + " Empty: requests need no token, and only this machine can connect.")
        .text(
            ISSUER,
            "",
            "Issuer of a provider of OpenID Connect whose access tokens (JWT) are accepted, beside"
                + " those of http.tokens. Needs http.oidc.audience.")
        .text(AUDIENCE, "", "Audience that such a token must name.")
        .text(
            KEYS,
            "",
            "Address of the provider's keys (JWKS). Empty: where the issuer's"
                + " /.well-known/openid-configuration says.")
        .text(
            SCOPE_PREFIX,
            "hyperflow:",
            "What stands before read, write or admin in the claim scope of such a token.")
        .text(
            TENANTS_CLAIM,
            "",
            "Claim that lists the tenants of such a token; a token without it is then refused."
                + " Empty: such tokens are for all tenants.")
        .text(
            CERTIFICATE,
            "",
            "Certificate chain of the HTTP API, PEM. Together with http.tls.key it turns on TLS.")
        .text(KEY, "", "Private key of http.tls.certificate, PEM (PKCS#8), not encrypted.")
        .text(
            KEYSTORE,
            "",
            "Key store with certificate and key, PKCS#12, instead of http.tls.certificate.")
        .secret(PASSWORD, "Password of http.tls.keystore.")
        .text(
            TRUST,
            "",
            "Authorities that verify the certificates of other instances, PEM. Empty: those of"
                + " the Java platform.");
  }

  private static void limits(SettingList settings) {
    settings
        .integer(
            BODY_BYTES,
            1 << 20,
            between(1_024, 1 << 30),
            "Maximum size of the body of an HTTP request, bytes.")
        .integer(
            IMPORT_BYTES,
            128 << 20,
            between(1_024, 2_000_000_000),
            "Maximum size of a file of texts that a request imports, bytes. The server reads it row"
                + " by row.")
        .integer(
            REQUESTS,
            64,
            between(1, 100_000),
            "Maximum number of HTTP requests at a time. The server refuses further requests with"
                + " 503.")
        .integer(
            TIMEOUT,
            10_000,
            between(100, 3_600_000),
            "Maximum time for an HTTP request to arrive, and for a connection to be idle,"
                + " milliseconds.")
        .integer(
            BATCH,
            256,
            between(1, 10_000),
            "Maximum number of texts in one request for predictions.")
        .integer(
            WHAT_IF,
            32,
            between(0, 10_000),
            "Maximum number of examples to add or remove in one what-if prediction.")
        .integer(
            INFLUENCE,
            512,
            between(0, 100_000),
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
