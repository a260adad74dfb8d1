package dev.hyperflow.schemas.internal.registry;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * A registry client's configuration, checked. Its text form holds no secrets.
 *
 * @param endpoints where the registry is, in the order to try; one at least
 * @param access what every request shows
 * @param http how the registry is reached
 * @param retries when to try again
 * @param cacheEntries entries per cache, 1 or more
 * @param normalize whether the registry is to compare schemas in their normal form
 */
record RegistrySettings(
    List<Endpoint> endpoints,
    Access access,
    Http http,
    RetryPolicy retries,
    int cacheEntries,
    boolean normalize) {

  private static final String MOCK = "mock://";
  private static final ConfigDef DEFINITION = RegistryConfig.define(new ConfigDef());

  /**
   * One URL of the registry.
   *
   * @param url without credentials, query and trailing slash
   * @param authorization value of the Authorization header; null for none
   */
  record Endpoint(String url, String authorization) {
    @Override
    public String toString() {
      return url;
    }
  }

  /**
   * What every request shows.
   *
   * @param headers by name
   * @param oauth where tokens come from; empty for none, or for a fixed header of the endpoint
   */
  record Access(Map<String, String> headers, Optional<OAuth> oauth) {
    @Override
    public String toString() {
      return "Access[%s, %s]".formatted(headers.keySet(), oauth);
    }
  }

  /**
   * How the registry is reached.
   *
   * @param connectTimeout longest wait for a connection
   * @param readTimeout longest wait for an answer
   * @param proxy in between, if there is one
   * @param tls Kafka's {@code ssl.} keys that were set; empty for the JVM's defaults
   */
  record Http(
      Duration connectTimeout,
      Duration readTimeout,
      Optional<InetSocketAddress> proxy,
      Map<String, Object> tls) {}

  /**
   * Checks a configuration.
   *
   * @throws ConfigException for a value out of range, and for a setting of Confluent's clients that
   *     this one does not have
   */
  static RegistrySettings of(Map<String, ?> configs) {
    UnsupportedSettings.refuse(configs.keySet(), DEFINITION.names());
    Map<String, Object> known = new HashMap<>();
    for (String name : DEFINITION.names()) {
      Object value = configs.containsKey(name) ? configs.get(name) : configs.get(oldName(name));
      if (value != null) {
        known.put(name, value);
      }
    }
    return of(new AbstractConfig(DEFINITION, known, false), known, headers(configs));
  }

  /** Confluent's clients still accept the credentials' keys with the prefix they once had. */
  private static String oldName(String name) {
    return RegistryConfig.SSL_PREFIX + name;
  }

  private static RegistrySettings of(
      AbstractConfig config, Map<String, Object> known, Map<String, String> headers) {
    String authorization = authorization(config);
    List<Endpoint> endpoints =
        config.getList(RegistryConfig.URL).stream()
            .map(url -> endpoint(url, authorization))
            .toList();
    if (endpoints.isEmpty()) {
      throw new ConfigException(RegistryConfig.URL, endpoints, "expected at least one URL");
    }
    if (endpoints.size() > 1 && endpoints.stream().anyMatch(e -> e.url().startsWith(MOCK))) {
      throw new ConfigException(
          RegistryConfig.URL, endpoints, "mock:// cannot be listed with other URLs");
    }
    return new RegistrySettings(
        endpoints,
        access(config, headers),
        new Http(
            Duration.ofMillis(config.getInt(RegistryConfig.CONNECT_TIMEOUT_MS)),
            Duration.ofMillis(config.getInt(RegistryConfig.READ_TIMEOUT_MS)),
            proxy(config),
            tls(config, known)),
        new RetryPolicy(
            config.getInt(RegistryConfig.MAX_RETRIES),
            config.getLong(RegistryConfig.RETRY_WAIT_MS),
            config.getLong(RegistryConfig.RETRY_MAX_WAIT_MS)),
        config.getInt(RegistryConfig.CACHE_ENTRIES),
        config.getBoolean(RegistryConfig.NORMALIZE));
  }

  /** Returns the scope of a {@code mock://scope} URL, or null for a real registry. */
  String mockScope() {
    String url = endpoints.get(0).url();
    return url.startsWith(MOCK) ? url.substring(MOCK.length()) : null;
  }

  private static String authorization(AbstractConfig config) {
    boolean userInfo = config.getString(RegistryConfig.BASIC_SOURCE).equals("USER_INFO");
    boolean bearer = config.getString(RegistryConfig.BEARER_SOURCE) != null;
    if (userInfo && bearer) {
      throw new ConfigException(
          "%s, %s: expected at most one, found both"
              .formatted(RegistryConfig.BASIC_SOURCE, RegistryConfig.BEARER_SOURCE));
    }
    if (userInfo) {
      return basic(required(config, RegistryConfig.BASIC_USER_INFO, RegistryConfig.BASIC_SOURCE));
    }
    return bearer && !isOAuth(config)
        ? "Bearer " + required(config, RegistryConfig.BEARER_TOKEN, RegistryConfig.BEARER_SOURCE)
        : null;
  }

  private static boolean isOAuth(AbstractConfig config) {
    return RegistryConfig.OAUTH.equals(config.getString(RegistryConfig.BEARER_SOURCE));
  }

  private static Access access(AbstractConfig config, Map<String, String> configured) {
    Map<String, String> headers = new TreeMap<>(configured);
    Optional.ofNullable(config.getString(RegistryConfig.LOGICAL_CLUSTER))
        .ifPresent(cluster -> headers.put("target-sr-cluster", cluster));
    Optional.ofNullable(config.getString(RegistryConfig.IDENTITY_POOL))
        .ifPresent(pool -> headers.put("Confluent-Identity-Pool-Id", pool));
    return new Access(
        Map.copyOf(headers), isOAuth(config) ? Optional.of(oauth(config)) : Optional.empty());
  }

  private static OAuth oauth(AbstractConfig config) {
    String issuer = requiredText(config, RegistryConfig.ISSUER);
    try {
      return new OAuth(
          new URI(issuer).parseServerAuthority(),
          requiredText(config, RegistryConfig.CLIENT_ID),
          required(config, RegistryConfig.CLIENT_SECRET, RegistryConfig.BEARER_SOURCE),
          Optional.ofNullable(config.getString(RegistryConfig.SCOPE)),
          Duration.ofSeconds(config.getInt(RegistryConfig.EXPIRY_BUFFER_SECONDS)));
    } catch (URISyntaxException e) {
      throw new ConfigException(
          RegistryConfig.ISSUER, issuer, "expected https://host[:port]/path of a token endpoint");
    }
  }

  private static String requiredText(AbstractConfig config, String key) {
    String value = config.getString(key);
    if (value == null || value.isBlank()) {
      throw new ConfigException(
          "%s: expected a value, because %s = %s needs it, found none"
              .formatted(key, RegistryConfig.BEARER_SOURCE, RegistryConfig.OAUTH));
    }
    return value.strip();
  }

  private static Optional<InetSocketAddress> proxy(AbstractConfig config) {
    String host = config.getString(RegistryConfig.PROXY_HOST);
    int port = config.getInt(RegistryConfig.PROXY_PORT);
    if ((host == null) != (port < 0)) {
      throw new ConfigException(
          "%s, %s: expected both or none, found one of them"
              .formatted(RegistryConfig.PROXY_HOST, RegistryConfig.PROXY_PORT));
    }
    return Optional.ofNullable(host).map(name -> InetSocketAddress.createUnresolved(name, port));
  }

  /** Headers are named by the key itself. */
  private static Map<String, String> headers(Map<String, ?> configs) {
    Map<String, String> headers = new TreeMap<>();
    configs.forEach(
        (key, value) -> {
          String name =
              key.startsWith(RegistryConfig.SSL_PREFIX)
                  ? key.substring(RegistryConfig.SSL_PREFIX.length())
                  : key;
          if (name.startsWith(RegistryConfig.HEADER_PREFIX)) {
            headers.put(
                name.substring(RegistryConfig.HEADER_PREFIX.length()),
                value instanceof Password secret ? secret.value() : String.valueOf(value));
          }
        });
    return headers;
  }

  private static String required(AbstractConfig config, String key, String because) {
    Password value = config.getPassword(key);
    if (value == null || value.value().isBlank()) {
      throw new ConfigException(
          "%s: expected a value, because %s = %s needs it, found none"
              .formatted(key, because, config.getString(because)));
    }
    return value.value().strip();
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static Endpoint endpoint(String text, String authorization) {
    String url = text.strip().replaceAll("/+$", "");
    if (url.startsWith(MOCK)) {
      return new Endpoint(url, null);
    }
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null
          || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw badUrl();
      }
      String plain =
          new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
              .toString();
      boolean own = authorization == null && uri.getUserInfo() != null;
      return new Endpoint(plain, own ? basic(uri.getUserInfo()) : authorization);
    } catch (URISyntaxException e) {
      // Without the cause: its message quotes the text.
      throw badUrl();
    }
  }

  private static ConfigException badUrl() {
    return new ConfigException(
        RegistryConfig.URL
            + ": expected http://host[:port][/path], https://… or mock://scope, found something"
            + " else (not shown, because it may hold a password)");
  }

  private static Map<String, Object> tls(AbstractConfig config, Map<String, Object> known) {
    Map<String, Object> tls = new TreeMap<>();
    for (String name : known.keySet()) {
      if (name.startsWith(RegistryConfig.SSL_PREFIX + "ssl.")) {
        tls.put(name.substring(RegistryConfig.SSL_PREFIX.length()), config.values().get(name));
      }
    }
    return tls;
  }
}
