package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class DirectBuffersTest {

  private final DirectBuffers buffers = new DirectBuffers();

  @Test
  void shouldHandOutWhatCameBackForAnySizeOfItsClass() {
    FloatBuffer first = buffers.acquire(1000);
    assertThat(first.isDirect()).isTrue();
    assertThat(first.capacity()).isEqualTo(1024);
    first.position(7);
    buffers.release(first);

    // When a smaller one is wanted
    FloatBuffer second = buffers.acquire(600);

    // Then
    assertThat(second).isSameAs(first);
    assertThat(second.position()).isZero();
    assertThat(second.limit()).isEqualTo(600);
  }

  @Test
  void shouldNeverHandOutABufferTwice() {
    assertThat(buffers.acquire(10)).isNotSameAs(buffers.acquire(10));
  }

  @Test
  void shouldLeaveVeryLargeOnesToTheCollector() {
    int floats = (1 << 21) + 1;
    FloatBuffer large = buffers.acquire(floats);
    assertThat(large.capacity()).isEqualTo(floats);
    buffers.release(large);
    assertThat(buffers.acquire(floats)).isNotSameAs(large);
  }
}
