package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {

  private static final List<Double> SHARES = List.of(0.0, 0.5);

  @Test
  void shouldStartWithoutTheInnerBlock() {
    assertThat(Blocks.standard(128).inner()).isEqualTo(128);
    assertThat(Blocks.standard(128).shares().get(0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 128, 1, 1, 1, 0, 'blocks.inner: expected 1 to 65536, found 0'",
    "8, 100, 1, 1, 1, 0, 'blocks.examples: expected a multiple of 32 from 32 to 1024, found 100'",
    "8, 2048, 1, 1, 1, 0, 'blocks.examples: expected a multiple of 32 from 32 to 1024, found 2048'",
    "8, 128, 0, 1, 1, 0, 'blocks.ridge: expected above 0 and at most 1000.0, found 0.0'",
    "8, 128, 1, NaN, 1, 0, 'blocks.sharpness: expected above 0 and at most 1000.0, found NaN'",
    "8, 128, 1, 1, 1001, 0, 'blocks.strength: expected above 0 and at most 1000.0, found 1001.0'",
    "8, 128, 1, 1, 1, -1, 'blocks.caution: expected 0 to 1000.0, found -1.0'"
  })
  void shouldRefuseWhatIsOutOfRange(
      int inner,
      int examples,
      double ridge,
      double sharpness,
      double strength,
      double caution,
      String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blocks(inner, SHARES, examples, ridge, sharpness, strength, caution))
        .withMessage(message);
  }

  @Test
  void shouldRefuseCandidatesThatDoNotAscend() {
    for (List<Double> shares : List.of(List.of(0.5, 0.5), List.of(0.2, 1.0), List.of(-0.1, 0.5))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Blocks(8, shares, 128, 1, 1, 1, 0))
          .withMessageStartingWith("blocks.shares: expected 0 to below 1, ascending, found ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blocks(8, List.of(0.0), 128, 1, 1, 1, 0))
        .withMessage("blocks.shares: expected 2 to 16, found 1");
  }
}
