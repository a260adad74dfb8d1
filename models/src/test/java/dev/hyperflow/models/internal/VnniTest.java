package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VnniTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "flags\t\t: fpu avx2 avx_vnni avx512_bf16, true",
    "flags\t\t: fpu avx2 avx512_vnni, true",
    "flags\t\t: fpu avx2 avx512f, false",
    "model name\t: avx_vnni, false",
  })
  void shouldReadTheFlagsOfTheProcessor(String line, boolean expected) throws IOException {
    Path cpuinfo = Files.writeString(directory.resolve("cpuinfo"), "processor\t: 0\n" + line);

    assertThat(Vnni.isIn(cpuinfo)).isEqualTo(expected);
  }

  @Test
  void shouldFindNoneWhereNobodySaysSo() {
    assertThat(Vnni.isIn(directory.resolve("nothing"))).isFalse();
  }
}
