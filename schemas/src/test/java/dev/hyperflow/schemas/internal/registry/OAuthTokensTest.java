package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.schemas.internal.registry.ScriptedRegistry.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthTokensTest {
  private static final String OK = "[]";

  private final AtomicLong nanoTime = new AtomicLong();
  private final ScriptedRegistry issuer = new ScriptedRegistry();
  private final ScriptedRegistry registry = new ScriptedRegistry();

  @AfterEach
  void stop() {
    issuer.close();
    registry.close();
  }

  private Map<String, String> configs() {
    Map<String, String> configs = new HashMap<>();
    configs.put("schema.registry.url", registry.url());
    configs.put("max.retries", "0");
    configs.put("bearer.auth.credentials.source", "OAUTHBEARER");
    configs.put("bearer.auth.issuer.endpoint.url", issuer.url() + "/token");
    configs.put("bearer.auth.client.id", "my app");
    configs.put("bearer.auth.client.secret", "s3cret");
    configs.put("bearer.auth.scope", "read write");
    return configs;
  }

  private RegistryClient client() {
    return new HttpRegistryClient(
        new RegistryTransport(RegistrySettings.of(configs()), millis -> {}, nanoTime::get), false);
  }

  private static String token(String token, int seconds) {
    return "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(token, seconds);
  }

  @Test
  void shouldAskTheIssuerOnceForATokenAndShowIt() {
    issuer.reply(200, token("one", 3_600));
    registry.reply(200, OK);
    RegistryClient client = client();

    client.ping();
    client.ping();

    assertThat(issuer.requests())
        .containsExactly(
            new Request(
                "POST",
                "/token",
                "Basic bXkrYXBwOnMzY3JldA==", // my+app:s3cret
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials&scope=read+write"));
    assertThat(registry.requests())
        .extracting(Request::authorization)
        .containsExactly("Bearer one", "Bearer one");
  }

  @Test
  void shouldReplaceATokenBeforeItsEnd() {
    issuer.reply(200, token("one", 3_600)).reply(200, token("two", 3_600));
    registry.reply(200, OK);
    RegistryClient client = client();
    client.ping();

    nanoTime.addAndGet(Duration.ofMinutes(55).toNanos());
    client.ping();

    assertThat(registry.requests().get(1).authorization()).isEqualTo("Bearer two");
  }

  @Test
  void shouldReplaceATokenThatTheRegistryRefuses() {
    issuer.reply(200, token("one", 3_600)).reply(200, token("two", 3_600));
    registry.reply(401, "{}").reply(200, OK);

    client().ping();

    assertThat(registry.requests())
        .extracting(Request::authorization)
        .containsExactly("Bearer one", "Bearer two");
  }

  @Test
  void shouldSayThatTheIssuerRefusesWithoutTheSecret() {
    issuer.reply(401, "no");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client().ping())
        .matches(e -> !e.retryable())
        .withMessageContaining("/token answered 401")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
  }

  @Test
  void shouldTryAgainWhenTheIssuerIsBusy() {
    issuer.reply(503, "busy");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client().ping())
        .matches(RegistryException::retryable);
  }

  @Test
  void shouldRefuseAnAnswerWithoutAToken() {
    issuer.reply(200, "<html>");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client().ping())
        .withMessageContaining("expected JSON with a text member 'access_token'");
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    for (String name : new String[] {"issuer.endpoint.url", "client.id", "client.secret"}) {
      Map<String, String> configs = configs();
      configs.remove("bearer.auth." + name);

      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> RegistrySettings.of(configs))
          .withMessageContaining("bearer.auth." + name + ": expected a value");
    }
  }

  @Test
  void shouldHoldNoSecretInItsTextForm() {
    assertThat(RegistrySettings.of(configs()).toString()).doesNotContain("s3cret");
  }
}
