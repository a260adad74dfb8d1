package dev.hyperflow.server.auth;

import dev.hyperflow.server.http.Dispatcher;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import java.util.Optional;

/** Knows callers by their bearer tokens: those of a file, and those of a provider. Thread-safe. */
public final class Callers implements Dispatcher.Guard {
  private static final String SCHEME = "Bearer ";

  private final Optional<Tokens> tokens;
  private final Optional<OidcTokens> oidc;

  /** Callers with tokens of either kind; of at least one of them. */
  public Callers(Optional<Tokens> tokens, Optional<OidcTokens> oidc) {
    this.tokens = tokens;
    this.oidc = oidc;
  }

  @Override
  public Grant grant(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ProblemException.unauthenticated("a bearer token", false);
    }
    String token = authorization.substring(SCHEME.length()).trim();
    if (oidc.isPresent() && (tokens.isEmpty() || OidcTokens.looksLikeOne(token))) {
      return oidc.get().grant(token);
    }
    return tokens.orElseThrow().grant(token);
  }
}
