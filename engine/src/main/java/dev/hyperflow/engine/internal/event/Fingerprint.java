package dev.hyperflow.engine.internal.event;

import java.util.HexFormat;

/**
 * The order-independent 128-bit hash of a multiset of examples: the sum, modulo 2¹²⁸, of the hashes
 * of its members. Adding and removing one member costs one addition.
 *
 * <p>Source: AdHash, Bellare and Micciancio, "A new paradigm for collision-free hashing", 1997. It
 * guards against accidents, not against an adversary who may choose examples freely.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Fingerprint(long high, long low) {

  private static final HexFormat HEX = HexFormat.of();

  /** The fingerprint of the empty support set. */
  public static final Fingerprint EMPTY = new Fingerprint(0, 0);

  /** This multiset with one more member. */
  public Fingerprint plus(Fingerprint member) {
    long sum = low + member.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new Fingerprint(high + member.high + carry, sum);
  }

  /** This multiset with one member less. */
  public Fingerprint minus(Fingerprint member) {
    long difference = low - member.low;
    long borrow = Long.compareUnsigned(low, member.low) < 0 ? 1 : 0;
    return new Fingerprint(high - member.high - borrow, difference);
  }

  /** 32 lower-case hexadecimal digits. */
  public String toHex() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
