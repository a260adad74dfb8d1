package dev.hyperflow.topology.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantKeyTest {
  private static final byte[] REST = {0, 7, -1};
  private static final int MAX_BYTES = 0xFFFF;

  @Test
  void shouldBeginWithTheLengthOfTheTenant() {
    assertThat(TenantKey.prefix("é")).isEqualTo(new byte[] {0, 2, (byte) 0xC3, (byte) 0xA9});
    assertThat(TenantKey.with("a", REST)).isEqualTo(new byte[] {0, 1, 'a', 0, 7, -1});
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme", "Ångström", "日本"})
  void shouldTakeItselfApart(String tenant) {
    byte[] key = TenantKey.with(tenant, REST);

    assertThat(TenantKey.prefixOf(key)).isEqualTo(TenantKey.prefix(tenant));
    assertThat(TenantKey.restOf(key)).isEqualTo(REST);
    assertThat(TenantKey.restOf(TenantKey.prefix(tenant))).isEmpty();
  }

  @Test
  void shouldTakeATenantThatJustFits() {
    byte[] key = TenantKey.with("t".repeat(MAX_BYTES), REST);

    assertThat(TenantKey.restOf(key)).isEqualTo(REST);
    assertThat(TenantKey.prefixOf(key)).hasSize(2 + MAX_BYTES);
  }

  @Test
  void shouldRefuseATenantThatIsTooLong() {
    String tenant = "é".repeat(MAX_BYTES / 2 + 1);

    assertThatThrownBy(() -> TenantKey.prefix(tenant))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tenant: expected at most 65535 bytes, found %d"
                .formatted(tenant.getBytes(UTF_8).length));
  }
}
