package dev.hyperflow.server.auth;

import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import java.util.Map;
import java.util.Optional;

/** Knows the callers of a file of tokens. Thread-safe. */
public final class Tokens implements Dispatcher.Guard {
  // A token holds 256 random bits, so one salted SHA-256 protects it: what slow hashes are for,
  // passwords that can be guessed, does not come up. The id that it begins with finds its line;
  // the comparison takes the same time however much of it is right, also when there is no such id.

  private static final String SCHEME = "Bearer ";
  private static final TokenLine NOBODY =
      new TokenLine("", "", new Grant("", dev.hyperflow.server.http.Scope.NONE, Optional.empty()));

  private final TokenFile file;

  /** The tokens of a file, which is read again when it changes. */
  public Tokens(TokenFile file) {
    this.file = file;
  }

  @Override
  public Grant grant(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ProblemException.of(
          ErrorCode.UNAUTHENTICATED, "Authorization: expected a bearer token, found none");
    }
    Optional<Token> token = Token.parse(authorization.substring(SCHEME.length()).trim());
    Map<String, TokenLine> lines = file.lines();
    TokenLine line = token.map(given -> lines.getOrDefault(given.id(), NOBODY)).orElse(NOBODY);
    if (token.isEmpty() || !token.get().matches(line.hash())) {
      throw ProblemException.of(
          ErrorCode.UNAUTHENTICATED, "Authorization: expected a known token, found another");
    }
    return line.grant();
  }
}
