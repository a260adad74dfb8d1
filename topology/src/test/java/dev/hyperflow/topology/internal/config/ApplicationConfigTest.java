package dev.hyperflow.topology.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.Golden;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationConfigTest {
  private static final Map<String, String> MINIMAL =
      Map.of(
          "bootstrap.servers", "broker:9092",
          "schema.registry.url", "http://registry:8081");

  @Test
  void shouldKeepTheTableInTheDocumentsUpToDate() {
    Golden.assertSame(
        Path.of("../docs/configuration.md"),
        """
        # Configuration

        The configuration is one file in Kafka's `.properties` format. Values may contain `${env:NAME}`
        and `${file:/path/to/file.properties:key}`. Settings that begin with `kafka.` go to Kafka Streams
        and its clients without that prefix, for example `kafka.security.protocol=SASL_SSL` or
        `kafka.consumer.max.poll.records=500`. A name that differs in one or two letters from one of Kafka's is
        refused. The code writes this table (`./hyperflow config docs`).

        """
            + ApplicationConfig.table(),
        "the table documents every setting");
  }

  @Test
  void shouldSayWhichSettingIsMissing() {
    assertThatThrownBy(() -> ApplicationConfig.of(Map.of("bootstrap.servers", "broker:9092")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void shouldSayWhichSettingIsOutOfRange() {
    assertThatThrownBy(() -> with("memory.labels-per-tenant", "1025"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("memory.labels-per-tenant")
        .hasMessageContaining("1025")
        .hasMessageContaining("1024");
  }

  @Test
  void shouldProposeTheNearestNameForAnUnknownSetting() {
    assertThatThrownBy(() -> with("topic.support", "s"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("topic.support: unknown setting; expected topics.support");
  }

  @Test
  void shouldPassClientSettingsThrough() {
    ApplicationConfig config = with("kafka.consumer.max.poll.records", "7");

    assertThat(config.streams()).containsEntry("consumer.max.poll.records", "7");
  }

  @Test
  void shouldNotLetAPrefixOverrideItsOwnSettings() {
    assertThatThrownBy(() -> with("kafka.num.stream.threads", "7"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("stream.threads");
  }

  @Test
  void shouldPassRegistrySettingsToTheSerdes() {
    Map<String, String> settings = new HashMap<>(MINIMAL);
    settings.put("basic.auth.user.info", "me:secret");
    settings.put("serde.some.setting", "value");

    assertThat(ApplicationConfig.of(settings).serdeSettings())
        .containsEntry("schema.registry.url", "http://registry:8081")
        .containsEntry("basic.auth.user.info", "me:secret")
        .containsEntry("some.setting", "value");
  }

  @Test
  void shouldReadSecretsFromFiles(@TempDir Path directory) throws IOException {
    Path secrets = directory.resolve("secrets.properties");
    Files.writeString(secrets, "password=hidden\n");

    ApplicationConfig config = with("kafka.ssl.key.password", "${file:" + secrets + ":password}");

    assertThat(config.streams()).containsEntry("ssl.key.password", "hidden");
  }

  @Test
  void shouldReadSecretsFromTheEnvironment() {
    Map.Entry<String, String> variable =
        System.getenv().entrySet().stream()
            .filter(entry -> !entry.getValue().isBlank() && !entry.getValue().contains("$"))
            .findFirst()
            .orElseThrow();

    ApplicationConfig config = with("kafka.client.id", "${env:" + variable.getKey() + "}");

    assertThat(config.streams()).containsEntry("client.id", variable.getValue());
  }

  @Test
  void shouldRefuseASecretThatIsNotThere() {
    assertThatThrownBy(() -> with("kafka.ssl.key.password", "${env:HYPERFLOW_NO_SUCH_VARIABLE}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "kafka.ssl.key.password: expected a value for its ${…} placeholder, found none");
  }

  @Test
  void shouldRefuseOneTopicForTwoPurposes() {
    assertThatThrownBy(() -> with("topics.dead-letters", "support"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("found 'support' twice");
  }

  @Test
  void shouldProcessExactlyOnceByDefault() {
    assertThat(ApplicationConfig.of(MINIMAL).streams())
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("ensure.explicit.internal.resource.naming", true)
        .containsEntry("processing.exception.handler.global.enabled", true);
  }

  @Test
  void shouldLookForBatchesAboutAsOftenAsTheyMayLinger() {
    assertThat(ApplicationConfig.of(MINIMAL).streams()).containsEntry("poll.ms", 5);
    assertThat(with("batch.linger.ms", "40").streams()).containsEntry("poll.ms", 40);
    assertThat(with("batch.linger.ms", "700").streams()).containsEntry("poll.ms", 100);
    assertThat(with("batch.size", "1").streams()).containsEntry("poll.ms", 100);
    assertThat(with("kafka.poll.ms", "30").streams()).containsEntry("poll.ms", "30");
  }

  @Test
  void shouldGuardBatchesAsTheGuaranteeNeeds() {
    assertThat(ApplicationConfig.of(MINIMAL).batching().durability()).isEqualTo(Durability.INBOX);
    assertThat(with("processing.guarantee", "at_least_once").batching().durability())
        .isEqualTo(Durability.GATE);
    assertThat(with("batch.durability", "Gate").batching().durability()).isEqualTo(Durability.GATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.processing.exception.handler",
        "kafka.production.exception.handler",
        "kafka.default.production.exception.handler",
        "kafka.errors.dead.letter.queue.topic.name"
      })
  void shouldRefuseAHandlerThatCouldLoseABatch(String name) {
    assertThatThrownBy(() -> with(name, "some.Handler"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            name
                + ": expected no error handler, found some.Handler. A record that it skips would take"
                + " its batch with it. Refused records go to topics.dead-letters");
  }

  @Test
  void shouldSayWhereTheStreamsProtocolKeepsASetting() {
    assertThatThrownBy(() -> withStreamsProtocol("kafka.consumer.session.timeout.ms", "10000"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "kafka.consumer.session.timeout.ms: expected none with group.protocol=streams, found"
                + " 10000; set streams.session.timeout.ms of group 'hyperflow' on the brokers"
                + " instead");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.group.instance.id",
        "kafka.main.consumer.group.instance.id",
        "kafka.max.warmup.replicas",
        "kafka.rack.aware.assignment.strategy"
      })
  void shouldRefuseWhatTheStreamsProtocolDoesNotKnow(String name) {
    assertThatThrownBy(() -> withStreamsProtocol(name, "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            name
                + ": expected none with group.protocol=streams, found 1; remove it or set"
                + " kafka.group.protocol=classic");
  }

  @Test
  void shouldTakeStandbysWithTheClassicProtocol() {
    assertThat(with("kafka.num.standby.replicas", "1").streams())
        .containsEntry("num.standby.replicas", "1");
  }

  private static ApplicationConfig withStreamsProtocol(String name, String value) {
    Map<String, String> settings = new HashMap<>(MINIMAL);
    settings.put("kafka.group.protocol", "streams");
    settings.put(name, value);
    return ApplicationConfig.of(settings);
  }

  @Test
  void shouldReadHowADeviceIsShared() {
    // Given
    Map<String, String> settings = new HashMap<>(MINIMAL);
    settings.put("device.merge", "On");
    settings.put("device.batch-size", "32");
    settings.put("device.batch-wait-us", "250");
    settings.put("device.breaker-failures", "5");
    settings.put("device.breaker-retry-runs", "100");

    // Then
    assertThat(ApplicationConfig.of(settings).bundleOptions().policy())
        .isEqualTo(new DevicePolicy(DevicePolicy.Merge.ON, 32, 250, 5, 100));
    assertThat(ApplicationConfig.of(MINIMAL).bundleOptions()).isEqualTo(BundleOptions.defaults());
    assertThatThrownBy(() -> with("device.batch-size", "0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("device.batch-size");
  }

  private static ApplicationConfig with(String name, String value) {
    Map<String, String> settings = new HashMap<>(MINIMAL);
    settings.put(name, value);
    return ApplicationConfig.of(settings);
  }

  @Test
  void shouldLetChangelogsTakeTheTimestampsThatInputsTook() {
    String name = "topic.message.timestamp.after.max.ms";

    assertThat(ApplicationConfig.of(MINIMAL).streams()).containsEntry(name, "9223372036854775807");
  }
}
