package dev.hyperflow.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

  @Test
  void shouldBeReadFromItsTextAndKnownByItsHash() {
    Token token = Token.create();

    Token read = Token.parse(token.text()).orElseThrow();

    assertThat(read.id()).isEqualTo(token.id());
    assertThat(read.hash()).isEqualTo(token.hash()).matches("[0-9a-f]{64}");
    assertThat(read.matches(token.hash())).isTrue();
    assertThat(read.matches(Token.create().hash())).isFalse();
    assertThat(read.matches("")).isFalse();
  }

  @Test
  void shouldBeAnotherEveryTime() {
    assertThat(Token.create().text()).isNotEqualTo(Token.create().text());
  }

  @Test
  void shouldNotMatchWithTheSecretOfAnother() {
    Token one = Token.create();
    Token other = Token.create();
    String mixed = one.text().substring(0, 16) + other.text().substring(16);

    assertThat(Token.parse(mixed).orElseThrow().matches(one.hash())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hf_",
        "hf_0123456789ab_short",
        "xx_0123456789ab_0123456789012345678901234567890123456789012",
        "hf_0123456789AB_0123456789012345678901234567890123456789012",
        "hf_0123456789ab_0123456789012345678901234567890123456789012x",
        "hf_0123456789ab_012345678901234567890123456789012345678901!"
      })
  void shouldTakeNothingElse(String text) {
    assertThat(Token.parse(text)).isEmpty();
  }
}
