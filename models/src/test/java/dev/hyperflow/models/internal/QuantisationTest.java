package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class QuantisationTest {

  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void shouldRefuseAMixtureOfTypes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quantisation("int8", "fp16", HASH, "texts"))
        .withMessage("encoder.quantisation.activations: expected static, found fp16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quantisation("fp16", "static", HASH, null))
        .withMessage("encoder.quantisation.activations: expected fp16, found static");
  }

  @Test
  void shouldWantTheTextsOfStepsAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantisation.int8(HASH, null))
        .withMessage("encoder.quantisation.corpus: expected a text, found null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Quantisation("fp16", "fp16", HASH, "texts"))
        .withMessage("encoder.quantisation.corpus: expected none, found texts");
  }
}
