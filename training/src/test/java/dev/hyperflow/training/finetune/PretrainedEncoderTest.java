package dev.hyperflow.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.TextPrefixes;
import org.junit.jupiter.api.Test;

class PretrainedEncoderTest {

  private static final String SHA = "0".repeat(64);

  @Test
  void shouldTakeAnEncoderThatPoolsAndReadsAsTuningDoes() {
    EncoderReference encoder = encoder("mean", null);

    assertThat(PretrainedEncoder.tunable(encoder, "b")).isSameAs(encoder);
  }

  @Test
  void shouldRefuseAnEncoderWithPrefixesOrAnotherPooling() {
    assertThatThrownBy(
            () -> PretrainedEncoder.tunable(encoder("mean", new TextPrefixes("query: ", "")), "b"))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "bundle b: expected an encoder with mean pooling and without prefixes, found mean, 'query: ' and ''");
    assertThatThrownBy(() -> PretrainedEncoder.tunable(encoder("cls", null), "b"))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("found cls");
  }

  private static EncoderReference encoder(String pooling, TextPrefixes prefixes) {
    return new EncoderReference(
        "e",
        "model.onnx",
        SHA,
        "tokenizer.json",
        SHA,
        pooling,
        true,
        64,
        8,
        null,
        null,
        prefixes,
        null);
  }
}
