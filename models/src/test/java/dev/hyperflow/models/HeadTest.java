package dev.hyperflow.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.internal.Fixtures;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

  /** Of a sum of a few hundred products of standard normals, in single precision. */
  private static final double SUM_TOLERANCE = 1e-3;

  private static final int[] GOLDEN_BITS = {1104368033, 1094224446, -1054899029};

  @Test
  void shouldSumInThePinnedOrder() {
    // Given values whose sum depends on the order in the last bits
    Random random = new Random(42);
    int dimension = 387;
    float[] weights = Fixtures.gaussian(random, 3 * (dimension + 1));
    float[] features = Fixtures.gaussian(random, dimension);
    float[] logits = new float[3];

    // When
    Head.of(3, dimension, weights).logits(features, logits);

    // Then the bits are those of the documented order, and stay so: they are in users' records
    int[] bits = new int[3];
    for (int n = 0; n < 3; n++) {
      assertThat(logits[n]).isEqualTo(inDocumentedOrder(weights, n, features));
      bits[n] = Float.floatToRawIntBits(logits[n]);
    }
    assertThat(bits).containsExactly(GOLDEN_BITS);
  }

  private static float inDocumentedOrder(float[] weights, int label, float[] x) {
    int row = label * (x.length + 1);
    float[] a = new float[8];
    for (int i = 0; i < x.length; i++) {
      a[i % 8] += weights[row + i] * x[i];
    }
    return (((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7])))
        + weights[row + x.length];
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 384})
  void shouldAgreeWithADoublePrecisionSum(int dimension) {
    // Given
    long seed = 7;
    Random random = new Random(seed);
    float[] weights = Fixtures.gaussian(random, 2 * (dimension + 1));
    float[] x = Fixtures.gaussian(random, dimension);
    Head head = Head.of(2, dimension, weights);
    float[] logits = new float[2];

    // When
    head.logits(x, logits);

    // Then
    for (int n = 0; n < 2; n++) {
      double expected = head.weight(n, dimension);
      for (int d = 0; d < dimension; d++) {
        expected += (double) head.weight(n, d) * x[d];
      }
      assertThat((double) logits[n]).isCloseTo(expected, within(SUM_TOLERANCE));
    }
    assertThat(head.argmax(x)).isEqualTo(logits[1] > logits[0] ? 1 : 0);
  }

  @Test
  void shouldPreferTheLowestLabelAmongEquals() {
    assertThat(Head.of(3, 1, new float[] {0, 1, 0, 2, 0, 2}).argmax(new float[] {5})).isEqualTo(1);
  }

  @Test
  void shouldRoundTripThroughBytes() {
    // Given values that a lossy conversion would change
    Head head = Head.of(2, 2, new float[] {-0f, 0f, Float.MIN_VALUE, 1 / 3f, Float.MAX_VALUE, -1});

    // Then
    assertThat(Head.ofBytes(2, 2, head.toBytes())).isEqualTo(head).hasSameHashCodeAs(head);
    assertThat(head.toBytes()).startsWith(0, 0, 0, 0x80).hasSize(24);
  }

  @Test
  void shouldCompareBits() {
    assertThat(Head.of(1, 1, new float[] {0f, 0f}))
        .isNotEqualTo(Head.of(1, 1, new float[] {-0f, 0f}));
    assertThat(Head.of(1, 3, new float[4])).isNotEqualTo(Head.of(2, 1, new float[4]));
  }

  @Test
  void shouldNotShareItsArrays() {
    // Given
    float[] weights = {1, 2};
    Head head = Head.of(1, 1, weights);

    // When
    weights[0] = 9;
    head.toArray()[1] = 9;

    // Then
    assertThat(head.toArray()).containsExactly(1, 2);
  }

  @Test
  void shouldRefuseWhatIsNoHead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Head.of(2, 2, new float[5]))
        .withMessage("head: expected 2 × 3 floats, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Head.of(1, 1, new float[] {1, Float.NaN}))
        .withMessage("head: expected finite floats, found NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> Head.of(0, 1, new float[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> Head.ofBytes(1, 1, new byte[7]));
    Head head = Head.of(2, 2, new float[6]);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> head.logits(new float[1], new float[2]));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> head.logits(new float[2], new float[1]));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> head.weight(0, 3));
  }
}
