package dev.hyperflow.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  private static final Grant GRANT = new Grant("mine", Scope.WRITE, Optional.of(Set.of("a")));

  @TempDir Path directory;
  private final Token token = Token.create();
  private Callers tokens;

  @BeforeEach
  void open() throws IOException {
    Path file = directory.resolve("tokens");
    Files.writeString(file, new TokenLine(token.id(), token.hash(), GRANT).text());
    tokens = new Callers(Optional.of(new Tokens(new TokenFile(file))), Optional.empty());
  }

  @Test
  void shouldGrantWhatTheLineOfTheTokenSays() {
    assertThat(tokens.grant("Bearer " + token.text())).isEqualTo(GRANT);
    assertThat(tokens.grant("bearer  " + token.text() + " ")).isEqualTo(GRANT);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Bearer", "Basic YTpi", "Bearer ", "Bearer x", "hf_x"})
  void shouldRefuseWhatIsNoToken(String authorization) {
    assertUnauthenticated(authorization);
  }

  @Test
  void shouldRefuseUnknownTokensAndKnownIdsWithAnotherSecret() {
    assertUnauthenticated("Bearer " + Token.create().text());
    assertUnauthenticated(
        "Bearer hf_" + token.id() + "_" + Token.create().text().substring("hf_".length() + 13));
  }

  private void assertUnauthenticated(String authorization) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> tokens.grant(authorization))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
        .withMessageNotContaining("hf_");
  }
}
