package dev.hyperflow.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token, {@code hf_<id>_<secret>}: the id finds its line, the secret is 256 random bits. */
public final class Token {
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("hf_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");

  private final String id;
  private final String secret;

  private Token(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /** A token nobody has yet, from the strongest source of random bytes. */
  public static Token create() {
    SecureRandom random = new SecureRandom();
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    return new Token(
        HexFormat.of().formatHex(id),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** The token in a text, if it has the form of one. */
  static Optional<Token> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.of(new Token(form.group(1), form.group(2))) : Optional.empty();
  }

  /** Finds its line in the file. */
  public String id() {
    return id;
  }

  /** What the caller sends; shown once. */
  public String text() {
    return "hf_" + id + "_" + secret;
  }

  /** SHA-256 of id and secret, 64 hexadecimal digits: the id is the salt. */
  public String hash() {
    return HexFormat.of().formatHex(digest());
  }

  /** Whether it is the token of a hash; takes the same time whatever the hash. */
  boolean matches(String hash) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(text().getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
