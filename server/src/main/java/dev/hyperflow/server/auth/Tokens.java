package dev.hyperflow.server.auth;

import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import java.util.Map;
import java.util.Optional;

/** Knows the callers of a file of tokens. Thread-safe. */
public final class Tokens {
  // A token holds 256 random bits, so one salted SHA-256 protects it: what slow hashes are for,
  // passwords that can be guessed, does not come up. The id that it begins with finds its line;
  // the comparison takes the same time however much of it is right, also when there is no such id.

  private static final TokenLine NOBODY =
      new TokenLine("", "", new Grant("", dev.hyperflow.server.http.Scope.NONE, Optional.empty()));

  private final TokenFile file;

  /** The tokens of a file, which is read again when it changes. */
  public Tokens(TokenFile file) {
    this.file = file;
  }

  /**
   * What a token allows.
   *
   * @throws ProblemException when it is not known
   */
  Grant grant(String text) {
    Optional<Token> token = Token.parse(text);
    Map<String, TokenLine> lines = file.lines();
    TokenLine line = token.map(given -> lines.getOrDefault(given.id(), NOBODY)).orElse(NOBODY);
    if (token.isEmpty() || !token.get().matches(line.hash())) {
      throw ProblemException.unauthenticated("a known token", true);
    }
    return line.grant();
  }
}
