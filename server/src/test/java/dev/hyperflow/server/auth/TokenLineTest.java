package dev.hyperflow.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenLineTest {

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void shouldBeReadAsItIsWritten(Scope scope) {
    TokenLine all = new TokenLine("id", "hash", new Grant("name", scope, Optional.empty()));
    TokenLine some =
        new TokenLine("id", "hash", new Grant("name", scope, Optional.of(Set.of("b", "a"))));

    assertThat(TokenLine.parse(all.text())).isEqualTo(all);
    assertThat(TokenLine.parse(some.text())).isEqualTo(some);
    assertThat(all.text()).doesNotContain("tenants");
    assertThat(some.text()).contains("[\"a\",\"b\"]");
  }

  @Test
  void shouldBeNamedByItsIdWithoutAName() {
    TokenLine line = TokenLine.parse("{\"id\":\"i\",\"hash\":\"h\",\"scope\":\"read\"}");

    assertThat(line.grant()).isEqualTo(new Grant("i", Scope.READ, Optional.empty()));
  }

  @Test
  void shouldGrantNoTenantForAnEmptyList() {
    TokenLine line =
        TokenLine.parse("{\"id\":\"i\",\"hash\":\"h\",\"scope\":\"read\",\"tenants\":[]}");

    assertThat(line.grant().includes("a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x                                                    | expected one object",
        "{\"id\":\"i\",\"hash\":\"h\"}                        | expected id, hash and scope",
        "{\"id\":\"i\",\"scope\":\"read\"}                    | expected id, hash and scope",
        "{\"id\":\"i\",\"hash\":\"h\",\"scope\":\"none\"}     | scope: expected read, write or"
            + " admin",
        "{\"id\":\"i\",\"hash\":\"h\",\"scope\":\"READ\"}     | found 'READ'",
        "{\"id\":\"i\",\"hash\":\"h\",\"tenant\":\"a\"}       | expected one object",
        "null                                                 | expected id, hash and scope",
        "{\"id\":\"i\",\"hash\":\"h\",\"scope\":\"read\"}{}   | expected one object",
        "{\"id\":\"i\",\"id\":\"j\",\"hash\":\"h\",\"scope\":\"read\"} | expected one object",
        "{\"id\":\"i\",\"hash\":\"h\",\"scope\":\"read\",\"tenants\":[null]} | tenants: expected"
            + " names",
      })
  void shouldSayWhatIsWrong(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenLine.parse(line))
        .withMessageContaining(message);
  }
}
