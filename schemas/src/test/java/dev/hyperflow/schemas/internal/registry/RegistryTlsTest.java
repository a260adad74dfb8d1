package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.Identity;
import dev.hyperflow.schemas.internal.tls.Tls;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
  @TempDir static Path directory;
  private static Identity identity;

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = Identity.make(directory, "localhost", "EC");
  }

  @Test
  void shouldTrustTheConfiguredStoreOnly() {
    try (ScriptedRegistry server = new ScriptedRegistry(Tls.of(keystore()))) {
      server.reply(200, "[]");
      Map<String, Object> configs = new TreeMap<>();
      configs.put("schema.registry.url", server.url());
      configs.put("max.retries", "0");

      // Without the store the certificate is nobody's
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> RegistryAdmin.create(configs).ping())
          .withMessageContaining("SSLHandshakeException");

      // With it the server is trusted
      configs.put("schema.registry.ssl.truststore.location", identity.store().toString());
      configs.put("schema.registry.ssl.truststore.password", Identity.PASSWORD);
      configs.put("schema.registry.ssl.truststore.type", "PKCS12");
      assertThatCode(() -> RegistryAdmin.create(configs).ping()).doesNotThrowAnyException();
    }
  }

  @Test
  void shouldSayWhichStoreCannotBeRead() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                RegistryAdmin.create(
                    Map.of(
                        "schema.registry.url", "https://127.0.0.1:1",
                        "schema.registry.ssl.truststore.location", "/does/not/exist.jks")))
        .withMessageContaining("schema.registry.ssl")
        .withMessageContaining("/does/not/exist.jks");
  }

  private static Map<String, Object> keystore() {
    return new TreeMap<>(
        Map.of(
            "ssl.keystore.location",
            identity.store().toString(),
            "ssl.keystore.password",
            new Password(Identity.PASSWORD),
            "ssl.key.password",
            new Password(Identity.PASSWORD),
            "ssl.keystore.type",
            "PKCS12"));
  }
}
