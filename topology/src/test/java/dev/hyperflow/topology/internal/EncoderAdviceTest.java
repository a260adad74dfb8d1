package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Quantisation;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import org.junit.jupiter.api.Test;

class EncoderAdviceTest {
  private static final EncoderReference FLOATS = ShippedBundles.MINILM;
  private static final EncoderReference BYTES =
      new EncoderReference(
          "int8",
          FLOATS.model(),
          FLOATS.modelSha256(),
          FLOATS.tokenizer(),
          FLOATS.tokenizerSha256(),
          FLOATS.pooling(),
          FLOATS.normalise(),
          FLOATS.maxTokens(),
          FLOATS.dimension(),
          null,
          null,
          null,
          Quantisation.int8(FLOATS.modelSha256(), "texts"));

  @Test
  void shouldNameTheCommandWhereAnEncoderOfBytesIsFaster() {
    assertThat(EncoderAdvice.of("my-bundle", FLOATS, Device.Kind.CPU, true))
        .hasValueSatisfying(
            line -> assertThat(line).contains("hyperflow encoder quantise my-bundle --texts"));
  }

  @Test
  void shouldSayNothingWhereItIsNotOrIsThereAlready() {
    assertThat(EncoderAdvice.of("my-bundle", FLOATS, Device.Kind.CPU, false)).isEmpty();
    assertThat(EncoderAdvice.of("my-bundle", FLOATS, Device.Kind.CUDA, true)).isEmpty();
    assertThat(EncoderAdvice.of("my-bundle", BYTES, Device.Kind.CPU, true)).isEmpty();
  }
}
