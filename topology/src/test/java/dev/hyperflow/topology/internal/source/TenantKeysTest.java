package dev.hyperflow.topology.internal.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"acme", "", "Ångström", "日本", "a\u0000b", "\uD83D\uDE00"})
  void shouldReadTheTenantThatItWrote(String tenant) {
    assertThat(TenantKeys.decode(TenantKeys.encode(tenant))).hasValue(tenant);
  }

  @Test
  void shouldWriteUtf8() {
    assertThat(TenantKeys.encode("é")).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xA9});
  }

  @Test
  void shouldFindNoTenantWithoutAKey() {
    assertThat(TenantKeys.decode(null)).isEmpty();
  }

  @Test
  void shouldFindNoTenantInOtherBytes() {
    byte[] cut = {(byte) 0xE6, (byte) 0x97};
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    byte[] latin1 = {'a', (byte) 0xE9};

    assertThat(TenantKeys.decode(cut)).isEmpty();
    assertThat(TenantKeys.decode(surrogate)).isEmpty();
    assertThat(TenantKeys.decode(latin1)).isEmpty();
    assertThat(TenantKeys.decode("é".getBytes(UTF_8))).hasValue("é");
  }
}
