package dev.hyperflow.topology.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String SECRET = "s3cr3t";

  private static final List<String> PREFIXES =
      List.of("kafka.", "kafka.consumer.", "kafka.producer.", "kafka.admin.", "serde.");

  /** What Kafka itself treats as a password, under every prefix that passes settings on. */
  static Stream<String> passwordsOfKafka() {
    return Stream.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef())
        .flatMap(definition -> definition.configKeys().values().stream())
        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
        .map(key -> key.name)
        .distinct()
        .flatMap(name -> PREFIXES.stream().map(prefix -> prefix + name));
  }

  @ParameterizedTest
  @MethodSource("passwordsOfKafka")
  void shouldHideWhatKafkaTreatsAsAPassword(String name) {
    assertThat(Secrets.hidden(name, SECRET)).isEqualTo(Secrets.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.tls.keystore-password",
        "basic.auth.user.info",
        "schema.registry.basic.auth.user.info",
        "bearer.auth.token",
        "bearer.auth.client.secret",
        "serde.basic.auth.user.info",
        "schema.registry.ssl.key.password",
        "schema.registry.ssl.keystore.key",
        "schema.registry.ssl.truststore.password",
        "kafka.sasl.jaas.config",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.sasl.oauthbearer.assertion.private.key.passphrase",
        "kafka.ssl.keystore.certificate.chain",
        "kafka.some.api.KEY",
        "kafka.some.Passphrase"
      })
  void shouldHideSecretsByTheirNames(String name) {
    assertThat(Secrets.hidden(name, SECRET)).isEqualTo(Secrets.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.tokens",
        "http.tls.key",
        "http.tls.certificate",
        "application.id",
        "kafka.security.protocol",
        "kafka.sasl.mechanism",
        "kafka.ssl.truststore.location",
        "kafka.ssl.keystore.location"
      })
  void shouldShowWhatIsNoSecret(String name) {
    assertThat(Secrets.hidden(name, "/some/path")).isEqualTo("/some/path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:PASSWORD}", "${file:/run/secrets:password}"})
  void shouldShowWhereASecretComesFrom(String placeholder) {
    assertThat(Secrets.hidden("kafka.ssl.key.password", placeholder)).isEqualTo(placeholder);
  }

  @Test
  void shouldHideASecretBesideAPlaceholder() {
    assertThat(Secrets.hidden("basic.auth.user.info", "${env:USER}:" + SECRET))
        .isEqualTo(Secrets.HIDDEN);
  }

  @Test
  void shouldHideUsersInEveryUrl() {
    assertThat(Secrets.hidden("schema.registry.url", "http://me:pw@one:8081,https://pw@two:8081"))
        .isEqualTo("http://********@one:8081,https://********@two:8081");
    assertThat(
            Secrets.hidden("schema.registry.url", "http://me:p@ss@one:8081,https://p@w@two:8081"))
        .isEqualTo("http://********@one:8081,https://********@two:8081");
    assertThat(Secrets.hidden("kafka.some.url", "http://host/path@version"))
        .isEqualTo("http://host/path@version");
  }

  @Test
  void shouldShowThatASecretIsEmpty() {
    assertThat(Secrets.hidden("http.tls.keystore-password", "")).isEmpty();
  }

  @Test
  void shouldHideTheSameInBothListsOfSettings() {
    // Given
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "http://me:" + SECRET + "@registry:8081");
    settings.put("http.tls.keystore-password", SECRET);
    settings.put("http.tokens", "/etc/tokens");
    settings.put("basic.auth.user.info", "me:" + SECRET);
    settings.put("kafka." + SslConfigs.SSL_KEYSTORE_KEY_CONFIG, SECRET);
    settings.put("kafka.sasl.mechanism", "PLAIN");
    settings.put("serde.bearer.auth.token", SECRET);

    // When
    ApplicationConfig config = ApplicationConfig.of(settings);

    // Then
    Map<String, String> shown = new HashMap<>();
    config.values().stream()
        .filter(SettingValue::given)
        .forEach(setting -> shown.put(setting.name(), setting.value()));
    assertThat(shown).isEqualTo(config.given());
    assertThat(shown.toString()).doesNotContain(SECRET).contains("/etc/tokens", "PLAIN");
  }
}
