package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDefinitionTest {
  @Test
  void shouldBeOffByDefault() {
    HttpSettings http = HttpDefinition.read(parsed());

    assertThat(http.isOn()).isFalse();
    assertThat(http.listen())
        .isEqualTo(new HttpSettings.Listen(-1, "127.0.0.1", "127.0.0.1", 2_000));
    assertThat(http.security())
        .isEqualTo(new HttpSettings.Security(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(http.limits())
        .isEqualTo(new HttpSettings.Limits(1 << 20, 128 << 20, 64, 10_000, 256, 32, 512));
  }

  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    HttpSettings http =
        HttpDefinition.read(
            parsed(
                "http.port", "0",
                "http.host", "0.0.0.0",
                "http.advertised-host", "node-1",
                "http.max-connections", "11",
                "http.base-path", "/team",
                "http.cors.origins", "https://a.example, http://[::1]:8080",
                "http.tokens", "/etc/tokens",
                "http.oidc.issuer", "https://login.example",
                "http.oidc.audience", "hyperflow",
                "http.oidc.keys", "http://localhost:8080/keys",
                "http.oidc.scope-prefix", "hf.",
                "http.oidc.tenants-claim", "teams",
                "http.tls.keystore", "/etc/store.p12",
                "http.tls.keystore-password", "secret",
                "http.tls.trust", "/etc/trust.pem",
                "http.max-body-bytes", "2048",
                "http.max-import-bytes", "4096",
                "http.max-requests", "12",
                "http.timeout.ms", "1300",
                "http.batch-queries", "16",
                "http.what-if-examples", "14",
                "http.influence-examples", "15"));

    assertThat(http)
        .isEqualTo(
            new HttpSettings(
                new HttpSettings.Listen(0, "0.0.0.0", "node-1", 11),
                new HttpSettings.Browser(
                    "/team", List.of("https://a.example", "http://[::1]:8080")),
                new HttpSettings.Security(
                    Optional.of(Path.of("/etc/tokens")),
                    Optional.of(
                        new HttpSettings.Oidc(
                            URI.create("https://login.example"),
                            "hyperflow",
                            Optional.of(URI.create("http://localhost:8080/keys")),
                            "hf.",
                            Optional.of("teams"))),
                    Optional.of(
                        new HttpSettings.Tls(
                            Path.of("/etc/store.p12"),
                            Optional.empty(),
                            "secret",
                            Optional.of(Path.of("/etc/trust.pem"))))),
                new HttpSettings.Limits(2_048, 4_096, 12, 1_300, 16, 14, 15)));
    assertThat(http.isOn()).isTrue();
    assertThat(http.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"team", "/team/", "/", "/te am", "//", "/api", "/health/x", "/../x", "/\u00e9"})
  void shouldRefuseABasePathThatIsNone(String path) {
    assertThatThrownBy(() -> HttpDefinition.read(parsed("http.base-path", path)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.base-path")
        .hasMessageContaining("expected /name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "desk.example",
        "https://desk.example/",
        "https://a.example:x",
        "ftp://a"
      })
  void shouldRefuseAnOriginThatIsNone(String origin) {
    assertThatThrownBy(() -> HttpDefinition.read(parsed("http.cors.origins", origin)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.cors.origins")
        .hasMessageContaining("expected scheme://host");
  }

  @Test
  void shouldRefuseAnIssuerWithoutAnAudience() {
    assertThatThrownBy(() -> HttpDefinition.read(parsed("http.oidc.issuer", "https://a")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "http.oidc.issuer, http.oidc.audience: expected both or none, found one of them");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://login.example", "login.example", "https://", "ftp://a", "https://a b"})
  void shouldRefuseAnIssuerThatAnybodyOnTheWayCouldReplace(String issuer) {
    assertThatThrownBy(
            () ->
                HttpDefinition.read(parsed("http.oidc.issuer", issuer, "http.oidc.audience", "a")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.oidc.issuer")
        .hasMessageContaining("expected https://host");
  }

  @Test
  void shouldAdvertiseTheAddressItListensOn() {
    assertThat(HttpDefinition.read(parsed("http.host", "10.0.0.7")).listen().advertisedHost())
        .isEqualTo("10.0.0.7");
  }

  @Test
  void shouldReadACertificateWithItsKey() {
    assertThat(
            HttpDefinition.read(parsed("http.tls.certificate", "c.pem", "http.tls.key", "k.pem"))
                .security()
                .tls())
        .hasValue(
            new HttpSettings.Tls(
                Path.of("c.pem"), Optional.of(Path.of("k.pem")), "", Optional.empty()));
  }

  @Test
  void shouldRefuseACertificateWithoutItsKey() {
    String expected =
        "http.tls.certificate, http.tls.key: expected both or none, found one of them";

    assertThatThrownBy(() -> HttpDefinition.read(parsed("http.tls.certificate", "c.pem")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(expected);
    assertThatThrownBy(() -> HttpDefinition.read(parsed("http.tls.key", "k.pem")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(expected);
  }

  @Test
  void shouldRefuseTwoCertificates() {
    assertThatThrownBy(
            () ->
                HttpDefinition.read(
                    parsed(
                        "http.tls.certificate", "c.pem",
                        "http.tls.key", "k.pem",
                        "http.tls.keystore", "s.p12")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.tls.keystore: expected none")
        .hasMessageContaining("found s.p12");
  }
}
