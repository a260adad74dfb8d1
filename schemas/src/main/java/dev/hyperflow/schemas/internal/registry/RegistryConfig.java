package dev.hyperflow.schemas.internal.registry;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * The configuration keys of a registry client; names and meanings are Confluent's. {@link #define}
 * says what each means.
 */
public final class RegistryConfig {
  public static final String URL = "schema.registry.url";
  public static final String BASIC_SOURCE = "basic.auth.credentials.source";
  public static final String BASIC_USER_INFO = "basic.auth.user.info";
  public static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  public static final String BEARER_TOKEN = "bearer.auth.token";

  /** The value of {@link #BEARER_SOURCE} for tokens of an issuer. */
  static final String OAUTH = "OAUTHBEARER";

  static final String ISSUER = "bearer.auth.issuer.endpoint.url";
  static final String CLIENT_ID = "bearer.auth.client.id";
  static final String CLIENT_SECRET = "bearer.auth.client.secret";
  static final String SCOPE = "bearer.auth.scope";
  static final String LOGICAL_CLUSTER = "bearer.auth.logical.cluster";
  static final String IDENTITY_POOL = "bearer.auth.identity.pool.id";
  static final String EXPIRY_BUFFER_SECONDS = "bearer.auth.cache.expiry.buffer.seconds";
  static final String PROXY_HOST = "proxy.host";
  static final String PROXY_PORT = "proxy.port";
  static final String NORMALIZE = "normalize.schemas";

  /** Put before the name of a header that every request carries. */
  static final String HEADER_PREFIX = "request.header.";

  public static final String MAX_RETRIES = "max.retries";
  public static final String RETRY_WAIT_MS = "retries.wait.ms";
  public static final String RETRY_MAX_WAIT_MS = "retries.max.wait.ms";
  public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
  public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";
  public static final String CACHE_ENTRIES = "max.schemas.per.subject";

  /** Put before Kafka's own {@code ssl.} keys. */
  static final String SSL_PREFIX = "schema.registry.";

  private RegistryConfig() {}

  /** Adds the keys to a definition and returns it. */
  public static ConfigDef define(ConfigDef definition) {
    defineAccess(definition);
    defineHttp(definition);
    return defineTls(definition);
  }

  private static void defineAccess(ConfigDef definition) {
    definition
        .define(
            URL,
            ConfigDef.Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            Importance.HIGH,
            "URLs of the schema registry, comma-separated; the next one is asked when one does not"
                + " answer. mock://scope is a registry inside this JVM, shared by scope name.")
        .define(
            BASIC_SOURCE,
            ConfigDef.Type.STRING,
            "URL",
            ValidString.in("URL", "USER_INFO"),
            Importance.MEDIUM,
            "Where basic credentials come from: URL (http://user:password@host, or none) or"
                + " USER_INFO (basic.auth.user.info).")
        .define(
            BASIC_USER_INFO,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Basic credentials as user:password; used when basic.auth.credentials.source is"
                + " USER_INFO.")
        .define(
            BEARER_SOURCE,
            ConfigDef.Type.STRING,
            null,
            ValidString.in(null, "STATIC_TOKEN", OAUTH),
            Importance.MEDIUM,
            "Where the bearer token comes from: STATIC_TOKEN (bearer.auth.token) or OAUTHBEARER"
                + " (client credentials of an issuer). Excludes basic credentials.")
        .define(
            BEARER_TOKEN,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "The bearer token; used when bearer.auth.credentials.source is STATIC_TOKEN.")
        .define(
            ISSUER,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "Token endpoint of the issuer; used when bearer.auth.credentials.source is"
                + " OAUTHBEARER.")
        .define(
            CLIENT_ID, ConfigDef.Type.STRING, null, Importance.MEDIUM, "Client id for the issuer.")
        .define(
            CLIENT_SECRET,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Client secret for the issuer.")
        .define(
            SCOPE,
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "Scope to ask the issuer for; what the issuer gives by itself if absent.")
        .define(
            LOGICAL_CLUSTER,
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "Id of the registry in Confluent Cloud, such as lsrc-12345; sent as a header.")
        .define(
            IDENTITY_POOL,
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "Id of the identity pool in Confluent Cloud; sent as a header.")
        .define(
            EXPIRY_BUFFER_SECONDS,
            ConfigDef.Type.INT,
            300,
            atLeast(0),
            Importance.LOW,
            "How long before its end a token of the issuer is replaced, in seconds.");
  }

  private static void defineHttp(ConfigDef definition) {
    definition
        .define(
            MAX_RETRIES,
            ConfigDef.Type.INT,
            3,
            between(0, 1000),
            Importance.LOW,
            "Retries, each over all URLs, after no answer or status 408, 429 or 5xx.")
        .define(
            RETRY_WAIT_MS,
            ConfigDef.Type.LONG,
            1000L,
            atLeast(0),
            Importance.LOW,
            "Wait before the first retry, in milliseconds; doubles with each further one. Half of"
                + " each wait is random.")
        .define(
            RETRY_MAX_WAIT_MS,
            ConfigDef.Type.LONG,
            20_000L,
            atLeast(0),
            Importance.LOW,
            "Longest wait before a retry, in milliseconds.")
        .define(
            CONNECT_TIMEOUT_MS,
            ConfigDef.Type.INT,
            5_000,
            atLeast(1),
            Importance.LOW,
            "Longest wait for a connection to one URL, in milliseconds.")
        .define(
            READ_TIMEOUT_MS,
            ConfigDef.Type.INT,
            10_000,
            atLeast(1),
            Importance.LOW,
            "Longest wait for an answer of one URL, in milliseconds.")
        .define(
            CACHE_ENTRIES,
            ConfigDef.Type.INT,
            1000,
            between(1, 1_000_000),
            Importance.LOW,
            "Schemas kept by id, and ids kept by subject and schema.")
        .define(
            PROXY_HOST,
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "Host of an HTTP proxy on the way to the registry; needs proxy.port.")
        .define(
            PROXY_PORT,
            ConfigDef.Type.INT,
            -1,
            between(-1, 65_535),
            Importance.LOW,
            "Port of the HTTP proxy.")
        .define(
            NORMALIZE,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Let the registry compare schemas in their normal form when it registers or looks up"
                + " one.");
  }

  private static ConfigDef defineTls(ConfigDef definition) {
    for (String store : new String[] {"truststore", "keystore"}) {
      String content = store.equals("truststore") ? "certificates to trust" : "client certificate";
      definition
          .define(
              SSL_PREFIX + "ssl." + store + ".location",
              ConfigDef.Type.STRING,
              null,
              Importance.MEDIUM,
              "File with the " + content + " for https registries; the JVM's default if absent.")
          .define(
              SSL_PREFIX + "ssl." + store + ".password",
              ConfigDef.Type.PASSWORD,
              null,
              Importance.MEDIUM,
              "Password of the " + store + ".")
          .define(
              SSL_PREFIX + "ssl." + store + ".type",
              ConfigDef.Type.STRING,
              "JKS",
              ValidString.in("JKS", "PKCS12", "PEM"),
              Importance.LOW,
              "Format of the " + store + ": JKS, PKCS12 or PEM.");
    }
    definition
        .define(
            SSL_PREFIX + "ssl.truststore.certificates",
            ConfigDef.Type.PASSWORD,
            null,
            Importance.LOW,
            "Certificates to trust, PEM, in place; needs ssl.truststore.type=PEM.")
        .define(
            SSL_PREFIX + "ssl.keystore.certificate.chain",
            ConfigDef.Type.PASSWORD,
            null,
            Importance.LOW,
            "Client certificate, PEM, in place; needs ssl.keystore.type=PEM.")
        .define(
            SSL_PREFIX + "ssl.keystore.key",
            ConfigDef.Type.PASSWORD,
            null,
            Importance.LOW,
            "Private key of the client certificate, PEM (PKCS#8), in place.");
    return definition.define(
        SSL_PREFIX + "ssl.key.password",
        ConfigDef.Type.PASSWORD,
        null,
        Importance.LOW,
        "Password of the key in the keystore; the keystore's if absent.");
  }
}
