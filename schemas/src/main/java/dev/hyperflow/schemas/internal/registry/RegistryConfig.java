package dev.hyperflow.schemas.internal.registry;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The configuration keys of a registry client; names and meanings are Confluent's. */
public final class RegistryConfig {
  /** Comma-separated URLs of the registry, or {@code mock://scope}. */
  public static final String URL = "schema.registry.url";

  /** Where basic credentials come from: URL or USER_INFO. */
  public static final String BASIC_SOURCE = "basic.auth.credentials.source";

  /** Basic credentials as {@code user:password}. */
  public static final String BASIC_USER_INFO = "basic.auth.user.info";

  /** Where the bearer token comes from: STATIC_TOKEN. */
  public static final String BEARER_SOURCE = "bearer.auth.credentials.source";

  /** The bearer token. */
  public static final String BEARER_TOKEN = "bearer.auth.token";

  /** Retries after the first round over all URLs. */
  public static final String MAX_RETRIES = "max.retries";

  /** Wait before the first retry, in milliseconds. */
  public static final String RETRY_WAIT_MS = "retries.wait.ms";

  /** Longest wait before a retry, in milliseconds. */
  public static final String RETRY_MAX_WAIT_MS = "retries.max.wait.ms";

  /** Longest wait for a connection, in milliseconds. */
  public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";

  /** Longest wait for an answer, in milliseconds. */
  public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";

  /** Entries kept in each cache. */
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
            ValidString.in(null, "STATIC_TOKEN"),
            Importance.MEDIUM,
            "Where the bearer token comes from: STATIC_TOKEN (bearer.auth.token). Excludes basic"
                + " credentials.")
        .define(
            BEARER_TOKEN,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "The bearer token; used when bearer.auth.credentials.source is STATIC_TOKEN.");
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
            "Schemas kept by id, and ids kept by subject and schema.");
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
    return definition.define(
        SSL_PREFIX + "ssl.key.password",
        ConfigDef.Type.PASSWORD,
        null,
        Importance.LOW,
        "Password of the key in the keystore; the keystore's if absent.");
  }
}
