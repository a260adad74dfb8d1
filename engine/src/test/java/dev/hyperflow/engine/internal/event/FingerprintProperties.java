package dev.hyperflow.engine.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FingerprintProperties {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Property
  void shouldAddAndSubtractModulo128Bits(
      @ForAll("fingerprints") Fingerprint one, @ForAll("fingerprints") Fingerprint other) {
    assertThat(number(one.plus(other))).isEqualTo(number(one).add(number(other)).mod(MODULUS));
    assertThat(number(one.minus(other)))
        .isEqualTo(number(one).subtract(number(other)).mod(MODULUS));
  }

  @Property
  void shouldNotDependOnTheOrderOfItsMembers(
      @ForAll List<@From("fingerprints") Fingerprint> members, @ForAll Random random) {
    List<Fingerprint> shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, random);

    assertThat(sum(shuffled)).isEqualTo(sum(members));
  }

  @Property
  void shouldBeAsBeforeOnceAMemberHasGone(
      @ForAll("fingerprints") Fingerprint set, @ForAll("fingerprints") Fingerprint member) {
    assertThat(set.plus(member).minus(member)).isEqualTo(set);
    assertThat(Fingerprint.EMPTY.plus(member).minus(member)).isEqualTo(Fingerprint.EMPTY);
  }

  @Property
  void shouldPrintThe32DigitsOfItsNumber(@ForAll("fingerprints") Fingerprint fingerprint) {
    assertThat(fingerprint.toHex()).matches("[0-9a-f]{32}");
    assertThat(new BigInteger(fingerprint.toHex(), 16)).isEqualTo(number(fingerprint));
  }

  @Example
  void shouldCarryIntoTheUpperHalf() {
    Fingerprint sum = new Fingerprint(0, -1).plus(new Fingerprint(0, 1));

    assertThat(sum).isEqualTo(new Fingerprint(1, 0));
    assertThat(sum.minus(new Fingerprint(0, 1))).isEqualTo(new Fingerprint(0, -1));
    assertThat(sum.toHex()).isEqualTo("00000000000000010000000000000000");
  }

  @Provide
  Arbitrary<Fingerprint> fingerprints() {
    Arbitrary<Long> halves = Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.of(0L, -1L, 1L));
    return Combinators.combine(halves, halves).as(Fingerprint::new);
  }

  private static Fingerprint sum(List<Fingerprint> members) {
    return members.stream().reduce(Fingerprint.EMPTY, Fingerprint::plus);
  }

  private static BigInteger number(Fingerprint fingerprint) {
    return unsigned(fingerprint.high()).shiftLeft(64).add(unsigned(fingerprint.low()));
  }

  private static BigInteger unsigned(long half) {
    return new BigInteger(Long.toUnsignedString(half));
  }
}
