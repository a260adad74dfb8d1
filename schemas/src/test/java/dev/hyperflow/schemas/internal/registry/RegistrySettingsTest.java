package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
  @Test
  void shouldSplitTheListAndDropTrailingSlashes() {
    RegistrySettings settings =
        RegistrySettings.of(Map.of("schema.registry.url", "http://a:1/x/ , https://b"));

    assertThat(settings.endpoints())
        .containsExactly(
            new RegistrySettings.Endpoint("http://a:1/x", null),
            new RegistrySettings.Endpoint("https://b", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a", "a:8081", "http://", "http://u:s3cret@h ost"})
  void shouldRefuseWhatIsNoUrlWithoutShowingAPassword(String url) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistrySettings.of(Map.of("schema.registry.url", url)))
        .withMessageContaining("schema.registry.url")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
  }

  @Test
  void shouldRefuseToMixMockWithRealUrls() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                RegistrySettings.of(Map.of("schema.registry.url", List.of("mock://a", "http://b"))))
        .withMessageContaining("mock://");
  }

  @Test
  void shouldSayWhichCredentialIsMissing() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                RegistrySettings.of(
                    Map.of(
                        "schema.registry.url", "http://a",
                        "basic.auth.credentials.source", "USER_INFO")))
        .withMessageContaining("basic.auth.user.info: expected a value");
  }

  @Test
  void shouldRefuseTwoKindsOfCredentials() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                RegistrySettings.of(
                    Map.of(
                        "schema.registry.url", "http://a",
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "a:b",
                        "bearer.auth.credentials.source", "STATIC_TOKEN",
                        "bearer.auth.token", "t")))
        .withMessageContaining("expected at most one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bearer.auth.custom.provider.class",
        "schema.registry.ssl.cipher.suites",
        "rule.executors",
        "latest.cache.ttl.sec",
        "propagate.schema.tags",
        "schema.format",
        "value.schema.id.serializer",
        "use.latest.with.metadata"
      })
  void shouldRefuseASettingOfOtherClientsThatItDoesNotHave(String name) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistrySettings.of(Map.of("schema.registry.url", "http://a", name, "x")))
        .withMessageStartingWith(name + ": expected a setting that this registry client supports");
  }

  @Test
  void shouldTakeSettingsWithThePrefixOfTheRegistryToo() {
    RegistrySettings settings =
        RegistrySettings.of(
            Map.of(
                "schema.registry.url", "http://a",
                "schema.registry.proxy.host", "proxy",
                "schema.registry.proxy.port", "3128",
                "schema.registry.normalize.schemas", "true",
                "client.id", "of a consumer"));

    assertThat(settings.http().proxy()).hasValue(InetSocketAddress.createUnresolved("proxy", 3128));
    assertThat(settings.normalize()).isTrue();
  }

  @Test
  void shouldRefuseHalfAProxy() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () -> RegistrySettings.of(Map.of("schema.registry.url", "http://a", "proxy.host", "p")))
        .withMessageContaining("proxy.host, proxy.port: expected both or none");
  }

  @Test
  void shouldShowNoSecretAsText() {
    RegistrySettings settings =
        RegistrySettings.of(
            Map.of(
                "schema.registry.url", "http://ann:s3cret@a",
                "schema.registry.ssl.truststore.password", "s3cret"));

    assertThat(settings.toString()).contains("http://a").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://ann:s3/cret@a b", "http://ann:s3cret/,s3cret@a", "ann:s3cret@a"})
  void shouldShowNoSecretOfAUrlThatCannotBeRead(String url) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistrySettings.of(Map.of("schema.registry.url", url)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
  }

  @Test
  void shouldWaitLongerWithEachRetryUpToTheLimit() {
    RetryPolicy policy = new RetryPolicy(10, 100, 1000);
    SplittableRandom random = new SplittableRandom(1);

    for (int retry = 0; retry < 100; retry++) {
      long full = Math.min(1000, 100L << Math.min(retry, 10));
      assertThat(policy.waitMs(retry, random)).isBetween(full / 2, full);
    }
  }
}
