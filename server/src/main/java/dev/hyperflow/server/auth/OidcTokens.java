package dev.hyperflow.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Scope;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Knows callers by access tokens (JWT, RFC 9068) of a provider of OpenID Connect. Keys are fetched
 * when a token needs them, kept, and fetched again when a token names one that is new. Thread-safe.
 */
public final class OidcTokens {
  /** Algorithms of public keys: a provider's secret is not shared with an API. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final int MAX_DOCUMENT_BYTES = 256 * 1024;
  private static final long RETRY_MILLIS = 1_000;

  private final HttpSettings.Oidc settings;
  private final DefaultResourceRetriever documents;
  private volatile DefaultJWTProcessor<SecurityContext> verifier;

  /**
   * Tokens of a provider, which is not asked before the first token comes.
   *
   * @param timeoutMillis longest wait for the provider
   */
  public OidcTokens(HttpSettings.Oidc settings, int timeoutMillis) {
    this.settings = settings;
    this.documents = new DefaultResourceRetriever(timeoutMillis, timeoutMillis, MAX_DOCUMENT_BYTES);
  }

  /** Whether a token has the three parts of a signed JWT. */
  static boolean looksLikeOne(String token) {
    return token.chars().filter(c -> c == '.').count() == 2;
  }

  /**
   * What a token allows.
   *
   * @throws ProblemException when it is not the provider's, not for this audience, or no longer
   *     good; to try again when the provider does not answer
   */
  Grant grant(String token) {
    try {
      return granted(verifier().process(token, null));
    } catch (RemoteKeySourceException | IOException e) {
      throw ProblemException.retryable(
          ErrorCode.UNREACHABLE, "the provider of tokens does not answer", RETRY_MILLIS);
    } catch (KeySourceException | BadJOSEException e) {
      throw refused(
          "a token of %s for %s that is good now"
              .formatted(settings.issuer(), settings.audience()));
    } catch (ParseException | JOSEException e) {
      throw refused("a signed JWT");
    }
  }

  private Grant granted(JWTClaimsSet claims) {
    Scope scope = Scope.NONE;
    Set<String> scopes = scopes(claims);
    for (Scope candidate : Scope.values()) {
      String wanted = settings.scopePrefix() + candidate.name().toLowerCase(Locale.ROOT);
      if (scopes.contains(wanted)) {
        scope = candidate;
      }
    }
    return new Grant(
        Optional.ofNullable(claims.getSubject()).orElse("unnamed"), scope, tenants(claims));
  }

  /** As one text with spaces (RFC 8693), or as a list. */
  private static Set<String> scopes(JWTClaimsSet claims) {
    Set<String> scopes = new HashSet<>();
    for (String name : List.of("scope", "scp")) {
      Object claim = claims.getClaim(name);
      if (claim instanceof String text) {
        scopes.addAll(List.of(text.split(" ")));
      } else if (claim instanceof Collection<?> list) {
        scopes.addAll(texts(name, list));
      }
    }
    return scopes;
  }

  private static Set<String> texts(String name, Collection<?> claim) {
    Set<String> texts = new HashSet<>();
    for (Object each : claim) {
      if (!(each instanceof String text)) {
        throw refused("texts alone in the claim '%s'".formatted(name));
      }
      texts.add(text);
    }
    return texts;
  }

  private Optional<Set<String>> tenants(JWTClaimsSet claims) {
    if (settings.tenantsClaim().isEmpty()) {
      return Optional.empty();
    }
    String name = settings.tenantsClaim().get();
    Object claim = claims.getClaim(name);
    if (claim instanceof String one) {
      return Optional.of(Set.of(one));
    }
    if (claim instanceof Collection<?> list) {
      return Optional.of(texts(name, list));
    }
    throw refused("a token with the claim '%s'".formatted(name));
  }

  private DefaultJWTProcessor<SecurityContext> verifier() throws IOException, ParseException {
    DefaultJWTProcessor<SecurityContext> known = verifier;
    if (known == null) {
      known = verifier(keys());
      verifier = known;
    }
    return known;
  }

  private DefaultJWTProcessor<SecurityContext> verifier(URL keys) {
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.<SecurityContext>create(keys, documents).retrying(true).build();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier((type, context) -> {}); // "at+jwt" of some, "JWT" of others
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
            Set.of("exp")));
    return processor;
  }

  private URL keys() throws IOException, ParseException {
    if (settings.keys().isPresent()) {
      return settings.keys().get().toURL();
    }
    String issuer = settings.issuer().toString();
    URL document =
        URI.create(
                (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                    + CONFIGURATION)
            .toURL();
    URI keys =
        JSONObjectUtils.getURI(
            JSONObjectUtils.parse(documents.retrieveResource(document).getContent()), "jwks_uri");
    if (keys == null) {
      throw new IOException("no jwks_uri in " + document);
    }
    return keys.toURL();
  }

  private static ProblemException refused(String expected) {
    return ProblemException.unauthenticated(expected, true);
  }
}
