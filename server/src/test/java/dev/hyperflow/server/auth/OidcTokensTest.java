package dev.hyperflow.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Scope;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcTokensTest {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final List<JWK> published = new ArrayList<>();
  private HttpServer provider;
  private String issuer;
  private ECKey key;
  private int asked;

  @BeforeEach
  void start() throws IOException, JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
    published.add(key.toPublicJWK());
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
    answer("/.well-known/openid-configuration", () -> "{\"jwks_uri\":\"" + issuer + "/keys\"}");
    answer(
        "/keys",
        () -> {
          asked++;
          return new JWKSet(published).toString();
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  private void answer(String path, java.util.function.Supplier<String> body) {
    provider.createContext(
        path,
        exchange -> {
          byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private OidcTokens tokens(Optional<String> tenantsClaim) {
    return new OidcTokens(
        new HttpSettings.Oidc(
            URI.create(issuer), "hyperflow", Optional.empty(), "hyperflow:", tenantsClaim),
        TIMEOUT_MILLIS);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(List.of("others", "hyperflow"))
        .subject("ann")
        .claim("scope", "openid hyperflow:write")
        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
  }

  private static String signed(JWTClaimsSet claims, ECKey key) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  @Test
  void shouldGrantWhatTheTokenSays() throws JOSEException {
    OidcTokens tokens = tokens(Optional.empty());

    assertThat(tokens.grant(signed(claims().build(), key)))
        .isEqualTo(new Grant("ann", Scope.WRITE, Optional.empty()));
    tokens.grant(signed(claims().build(), key));

    assertThat(asked).as("times the keys were fetched").isEqualTo(1);
  }

  @Test
  void shouldReadScopesAsAListAndTakeTheHighest() throws JOSEException {
    JWTClaimsSet claims =
        claims()
            .claim("scope", null)
            .claim("scp", List.of("hyperflow:admin", "hyperflow:read"))
            .build();

    assertThat(tokens(Optional.empty()).grant(signed(claims, key)).scope()).isEqualTo(Scope.ADMIN);
  }

  @Test
  void shouldGrantNothingWithoutAScopeOfItsOwn() throws JOSEException {
    JWTClaimsSet claims = claims().claim("scope", "write hyperflow:everything").build();

    assertThat(tokens(Optional.empty()).grant(signed(claims, key)).scope()).isEqualTo(Scope.NONE);
  }

  @Test
  void shouldBindATokenToItsTenants() throws JOSEException {
    OidcTokens tokens = tokens(Optional.of("tenants"));

    assertThat(
            tokens
                .grant(signed(claims().claim("tenants", List.of("acme", "bolt")).build(), key))
                .tenants())
        .hasValue(Set.of("acme", "bolt"));
    assertThat(tokens.grant(signed(claims().claim("tenants", "acme").build(), key)).tenants())
        .hasValue(Set.of("acme"));
    assertUnauthenticated(tokens, signed(claims().build(), key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenants", "scope", "scp"})
  void shouldNameTheClaimThatHoldsWhatIsNoText(String claim) throws JOSEException {
    OidcTokens tokens = tokens(Optional.of("tenants"));
    for (Object odd : Arrays.asList(42, null, List.of("acme"))) {
      JWTClaimsSet claims =
          claims().claim("tenants", "acme").claim(claim, Arrays.asList("acme", odd)).build();
      String token = signed(claims, key);

      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> tokens.grant(token))
          .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
          .withMessageContaining("expected texts alone in the claim '%s'", claim);
    }
  }

  static Stream<UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
    return Stream.of(
        claims -> claims.issuer("https://evil.example"),
        claims -> claims.audience("others"),
        claims -> claims.expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(5)))),
        claims -> claims.expirationTime(null),
        claims -> claims.notBeforeTime(Date.from(Instant.now().plus(Duration.ofMinutes(5)))));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void shouldRefuseATokenForOthersOrForAnotherTime(UnaryOperator<JWTClaimsSet.Builder> wrong)
      throws JOSEException {
    assertUnauthenticated(tokens(Optional.empty()), signed(wrong.apply(claims()).build(), key));
  }

  @Test
  void shouldRefuseATokenThatNobodyOrSomebodyElseSigned() throws JOSEException {
    OidcTokens tokens = tokens(Optional.empty());
    ECKey forged = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
    SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    symmetric.sign(new MACSigner(new byte[32]));

    assertUnauthenticated(tokens, signed(claims().build(), forged));
    assertUnauthenticated(tokens, symmetric.serialize());
    assertUnauthenticated(tokens, new PlainJWT(claims().build()).serialize());
    assertUnauthenticated(tokens, "a.b.c");
    assertUnauthenticated(tokens, "");
  }

  @Test
  void shouldFollowTheProviderToANewKey() throws JOSEException {
    OidcTokens tokens = tokens(Optional.empty());
    tokens.grant(signed(claims().build(), key));
    ECKey second = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
    published.set(0, second.toPublicJWK());

    assertThat(tokens.grant(signed(claims().build(), second)).name()).isEqualTo("ann");
  }

  @Test
  void shouldSayThatTheProviderDoesNotAnswer() throws JOSEException {
    provider.stop(0);
    String token = signed(claims().build(), key);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> tokens(Optional.empty()).grant(token))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.UNREACHABLE));
  }

  @Test
  void shouldTellItsTokensFromThoseOfTheFile() throws JOSEException {
    assertThat(OidcTokens.looksLikeOne(signed(claims().build(), key))).isTrue();
    assertThat(OidcTokens.looksLikeOne(Token.create().text())).isFalse();
  }

  private static void assertUnauthenticated(OidcTokens tokens, String token) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> tokens.grant(token))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
        .withMessageStartingWith("Authorization: expected ");
  }
}
