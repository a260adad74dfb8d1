package dev.hyperflow.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParametersTest {

  @Test
  void shouldComeBackFromTheirFile() throws IOException {
    Parameters written = RandomParameters.of(new Random(1));
    assertThat(read(bytes(written))).isEqualTo(written);
  }

  @Test
  void shouldDependOnTheSeedAlone() {
    assertThat(NetworkLayout.initial(3)).isEqualTo(NetworkLayout.initial(3));
    assertThat(NetworkLayout.initial(3)).isNotEqualTo(NetworkLayout.initial(4));
  }

  @Test
  void shouldRefuseAFileOfAnotherVersion() throws IOException {
    byte[] bytes = bytes(NetworkLayout.initial(1));
    bytes[7] = 9;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameters: layout version: expected 1, found 9");
  }

  @Test
  void shouldNameAMatrixThatIsNotThere() {
    assertThatThrownBy(() -> NetworkLayout.initial(1).values("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found nowhere");
  }

  private static byte[] bytes(Parameters parameters) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    parameters.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Parameters read(byte[] bytes) throws IOException {
    return Parameters.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
