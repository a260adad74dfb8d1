package dev.hyperflow.schemas.internal.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to get tokens by OAuth's client credentials (RFC 6749, section 4.4). Its text form holds no
 * secret.
 *
 * @param issuer the token endpoint
 * @param clientId who asks
 * @param clientSecret proves it
 * @param scope what is asked for; empty for what the issuer gives by itself
 * @param buffer how long before its end a token is replaced
 */
record OAuth(
    URI issuer, String clientId, String clientSecret, Optional<String> scope, Duration buffer) {
  @Override
  public String toString() {
    return "OAuth[%s, %s]".formatted(issuer, clientId);
  }
}
