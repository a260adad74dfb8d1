package dev.hyperflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.PackedFeaturesPayload;
import dev.hyperflow.events.PackedType;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedFeaturesTest {
  @Test
  void shouldPackFloat32LittleEndian() {
    PackedFeaturesPayload payload = PackedFeatures.pack(new float[] {1.0f, -2.5f});

    assertThat(payload.getDtype()).isEqualTo(PackedType.FLOAT32);
    assertThat(payload.getValues().array())
        .containsExactly(0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0xc0);
  }

  @Test
  void shouldPackFloat16LittleEndian() {
    PackedFeaturesPayload payload =
        PackedFeatures.pack(new float[] {1.0f, -2.5f}, PackedType.FLOAT16);

    assertThat(payload.getValues().array()).containsExactly(0x00, 0x3c, 0x00, 0xc1);
  }

  @Test
  void shouldKeepEveryBitOfFloat32() {
    float[] features = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, 0.1f};

    assertThat(PackedFeatures.unpack(PackedFeatures.pack(features))).containsExactly(features);
  }

  @Test
  void shouldRoundFloat16ToNearest() {
    float[] unpacked =
        PackedFeatures.unpack(PackedFeatures.pack(new float[] {0.1f, 3f}, PackedType.FLOAT16));

    assertThat(unpacked).containsExactly(0.099975586f, 3f);
  }

  @Test
  void shouldReadFromTheBuffersPositionAndLeaveItThere() {
    // Given a buffer with something before and after the features
    ByteBuffer buffer = ByteBuffer.allocate(12).position(4).limit(8);
    buffer.put(4, new byte[] {0x00, 0x00, (byte) 0x80, 0x3f});
    PackedFeaturesPayload payload = new PackedFeaturesPayload(PackedType.FLOAT32, buffer);

    // When it is read twice
    PackedFeatures.unpack(payload);
    float[] again = PackedFeatures.unpack(payload);

    // Then only the features are seen, and nothing moved
    assertThat(again).containsExactly(1.0f);
    assertThat(buffer.position()).isEqualTo(4);
  }

  @Test
  void shouldRefuseHalfAnElement() {
    PackedFeaturesPayload payload =
        new PackedFeaturesPayload(PackedType.FLOAT32, ByteBuffer.allocate(6));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackedFeatures.unpack(payload))
        .withMessage(
            "PackedFeaturesPayload.values has 6 bytes; expected a multiple of 4, the element size"
                + " of FLOAT32");
  }

  @Test
  void shouldTellTheDimensionWithoutReading() {
    assertThat(PackedFeatures.dimension(PackedFeatures.pack(new float[7], PackedType.FLOAT16)))
        .isEqualTo(7);
  }

  @Test
  void shouldReadAnArrayPayload() {
    assertThat(PackedFeatures.unpack(new FeaturesPayload(List.of(1f, 2f)))).containsExactly(1f, 2f);
  }
}
