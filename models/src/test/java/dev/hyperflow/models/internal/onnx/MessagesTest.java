package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MessagesTest {

  @Test
  void shouldPutAnyTextIntoOneLine() {
    assertThat(Messages.oneLine(" a\n\tb\r\n c ")).isEqualTo("a b c");
    assertThat(Messages.oneLine("a\u0000\u001B[31mb\u0085c")).isEqualTo("a [31mb c");
    assertThat(Messages.oneLine("x".repeat(3000))).hasSize(2001).endsWith("x…");
  }

  @Test
  void shouldAskTheCauseOfAnErrorThatSaysNothing() {
    IOException cause = new IOException("the disk is full");
    assertThat(Messages.oneLine(new IllegalStateException(null, cause)))
        .isEqualTo("the disk is full");
    assertThat(Messages.oneLine(new IllegalStateException("own", cause))).isEqualTo("own");
    assertThat(Messages.oneLine(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
