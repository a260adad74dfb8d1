package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.events.PackedType;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.schemas.PackedFeatures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class FeaturePrecisionProperties {
  private static final int MAX_DIMENSION = 40;
  private static final float LARGEST_HALF = 65_504f;

  /** Half a step of an INT8 scale, with the scale's own rounding. */
  private static final double INT8_RELATIVE_ERROR = 0.5 / 127 * (1 + 1e-4);

  /** Vectors of one magnitude, from subnormal to the limit, with zeros of both signs and spikes. */
  @Provide
  Arbitrary<FeatureVector> vectors() {
    Arbitrary<Float> scale =
        Arbitraries.integers()
            .between(Float.MIN_EXPONENT - 23, 20)
            .map(exponent -> (float) Math.min(Math.scalb(1.0, exponent), SupportSet.MAX_FEATURE));
    Arbitrary<Integer> whole = Arbitraries.integers().between(-(1 << 24), 1 << 24);
    Arbitrary<Float> unit =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(0f, -0f, 1f, -1f)),
            Tuple.of(1, whole.map(i -> i * 0x1p-44f)),
            Tuple.of(8, whole.map(i -> i * 0x1p-24f)));
    return Combinators.combine(
            scale, unit.array(float[].class).ofMinSize(1).ofMaxSize(MAX_DIMENSION))
        .as(
            (factor, units) -> {
              float[] values = units.clone();
              for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
              }
              return FeatureVector.of(values);
            });
  }

  /** Vectors of a few raw bit patterns, so that no magnitude is left out. */
  @Provide
  Arbitrary<FeatureVector> bitPatterns() {
    return Arbitraries.integers()
        .map(Float::intBitsToFloat)
        .filter(value -> Math.abs(value) <= SupportSet.MAX_FEATURE)
        .array(Float[].class)
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            boxed -> {
              float[] values = new float[boxed.length];
              for (int i = 0; i < values.length; i++) {
                values[i] = boxed[i];
              }
              return FeatureVector.of(values);
            });
  }

  @Property(tries = 5000)
  void shouldChangeNothingTheSecondTime(
      @ForAll FeaturePrecision precision, @ForAll("vectors") FeatureVector features) {
    FeatureVector once = precision.rounded(features);

    assertThat(precision.rounded(once)).isEqualTo(once);
  }

  @Property(tries = 5000)
  void shouldReadBackWhatItWroteBitForBit(
      @ForAll FeaturePrecision precision, @ForAll("vectors") FeatureVector features) {
    assertRoundTrip(precision, features);
  }

  @Property(tries = 5000)
  void shouldHoldBothLawsForEveryBitPattern(
      @ForAll FeaturePrecision precision, @ForAll("bitPatterns") FeatureVector features) {
    FeatureVector once = precision.rounded(features);

    assertThat(precision.rounded(once)).isEqualTo(once);
    assertRoundTrip(precision, features);
  }

  @Property
  void shouldBeExactInFloat32(@ForAll("bitPatterns") FeatureVector features) {
    assertThat(FeaturePrecision.FLOAT32.rounded(features)).isEqualTo(features);
  }

  @Property(tries = 5000)
  void shouldStayWithinTheErrorOfInt8(@ForAll("vectors") FeatureVector features) {
    float largest = largest(features);
    FeatureVector rounded = FeaturePrecision.INT8.rounded(features);

    for (int i = 0; i < features.dimension(); i++) {
      assertThat((double) rounded.get(i))
          .isCloseTo(features.get(i), within(largest * INT8_RELATIVE_ERROR + 0x1p-127));
    }
  }

  @Property(tries = 5000)
  void shouldRoundToTheNearestHalf(@ForAll("bitPatterns") FeatureVector features) {
    // Given somebody else's halves, which overflow to infinity
    Assume.that(largest(features) <= LARGEST_HALF);
    float[] expected =
        PackedFeatures.unpack(PackedFeatures.pack(features.toArray(), PackedType.FLOAT16));

    assertThat(FeaturePrecision.FLOAT16.rounded(features)).isEqualTo(FeatureVector.of(expected));
  }

  @Example
  void shouldReadEveryFiniteHalfAsSomebodyElseDoes() {
    ByteBuffer all = ByteBuffer.allocate(65_536 * 2).order(ByteOrder.LITTLE_ENDIAN);
    int count = 0;
    for (int bits = 0; bits < 65_536; bits++) {
      if ((bits & 0x7c00) != 0x7c00) {
        all.putShort((short) bits);
        count++;
      }
    }
    byte[] bytes = new byte[all.flip().remaining()];
    all.get(bytes).flip();

    FeatureVector read = FeaturePrecision.FLOAT16.read(all, count);

    assertThat(read.toArray())
        .isEqualTo(
            PackedFeatures.unpack(
                new dev.hyperflow.events.PackedFeaturesPayload(
                    PackedType.FLOAT16, ByteBuffer.wrap(bytes))));
    assertThat(written(FeaturePrecision.FLOAT16, read).array()).isEqualTo(bytes);
  }

  @Example
  void shouldSaturateHalves() {
    FeatureVector features =
        FeatureVector.of(new float[] {65_504, 65_519.99f, 65_520, -1e6f, 1e6f});

    assertThat(FeaturePrecision.FLOAT16.rounded(features))
        .isEqualTo(FeatureVector.of(new float[] {65_504, 65_504, 65_504, -65_504, 65_504}));
  }

  @Example
  void shouldKeepZerosAndExtremesInInt8() {
    assertThat(FeaturePrecision.INT8.rounded(FeatureVector.of(new float[] {0, -0f})))
        .isEqualTo(FeatureVector.of(new float[] {0, 0}));
    assertThat(FeaturePrecision.INT8.rounded(FeatureVector.of(new float[] {Float.MIN_VALUE})))
        .isEqualTo(FeatureVector.of(new float[] {0}));
    assertThat(FeaturePrecision.INT8.rounded(FeatureVector.of(new float[] {1e6f, -1e6f})).get(0))
        .isCloseTo(1e6f, within(1e6f / (1 << 16)));
  }

  @Property
  void shouldTakeTheBytesItSays(
      @ForAll FeaturePrecision precision, @ForAll("vectors") FeatureVector features) {
    ByteBuffer bytes = written(precision, precision.rounded(features));

    assertThat(bytes.remaining()).isEqualTo(precision.bytes(features.dimension()));
    assertThat(FeaturePrecision.of(precision.code())).isEqualTo(precision);
  }

  @Example
  void shouldKeepItsBytes() {
    FeatureVector features = FeatureVector.of(new float[] {1, -2.5f, 0.1f});

    assertThat(hex(FeaturePrecision.FLOAT32, features)).isEqualTo("0000803f000020c0cdcccc3d");
    assertThat(hex(FeaturePrecision.FLOAT16, features)).isEqualTo("003c00c1662e");
    assertThat(hex(FeaturePrecision.INT8, features)).isEqualTo("0043a13c338105");
  }

  @Example
  void shouldRefuseWhatWasNotRounded() {
    FeatureVector features = FeatureVector.of(new float[] {1, 0.1f});

    for (FeaturePrecision precision :
        new FeaturePrecision[] {FeaturePrecision.FLOAT16, FeaturePrecision.INT8}) {
      assertThatThrownBy(() -> written(precision, features))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "features: expected a vector that was rounded to %s,".formatted(precision)
                  + " found FeatureVector[2] that was not");
    }
  }

  @Example
  void shouldRefuseWhatAnEventMayNotHold() {
    for (float value : new float[] {1.1e6f, Float.NaN, Float.NEGATIVE_INFINITY}) {
      FeatureVector features = FeatureVector.of(new float[] {0, value});
      assertThatThrownBy(() -> FeaturePrecision.INT8.rounded(features))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("feature 1: expected a value within ±1000000.0, found " + value);
    }
    assertThatThrownBy(() -> FeaturePrecision.of((byte) 3)).hasMessageContaining("found 3");
    assertThatThrownBy(() -> FeaturePrecision.INT8.read(ByteBuffer.allocate(8), 4))
        .hasMessage("buffer: expected little-endian order, found BIG_ENDIAN");
  }

  private static void assertRoundTrip(FeaturePrecision precision, FeatureVector features) {
    FeatureVector rounded = precision.rounded(features);

    ByteBuffer bytes = written(precision, rounded);

    assertThat(precision.read(bytes, features.dimension())).isEqualTo(rounded);
    assertThat(bytes.remaining()).isZero();
  }

  private static ByteBuffer written(FeaturePrecision precision, FeatureVector rounded) {
    ByteBuffer bytes =
        ByteBuffer.allocate(precision.bytes(rounded.dimension())).order(ByteOrder.LITTLE_ENDIAN);
    precision.write(rounded, bytes);
    return bytes.flip();
  }

  private static String hex(FeaturePrecision precision, FeatureVector features) {
    return java.util.HexFormat.of()
        .formatHex(written(precision, precision.rounded(features)).array());
  }

  private static float largest(FeatureVector features) {
    float largest = 0;
    for (float value : features.toArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
