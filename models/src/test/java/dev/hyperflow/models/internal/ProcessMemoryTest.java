package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  @TempDir Path directory;

  private ProcessMemory of(String text) throws IOException {
    return new ProcessMemory(Files.writeString(directory.resolve("status"), text));
  }

  @Test
  void shouldReadKibibytes() throws IOException {
    ProcessMemory memory = of("Name:\tjava\nVmHWM:\t     20 kB\nVmRSS:\t     10 kB\n");

    assertThat(memory.residentBytes()).hasValue(10_240);
    assertThat(memory.peakBytes()).hasValue(20_480);
  }

  @Test
  void shouldKnowNothingWithoutTheFileOrItsLines() throws IOException {
    assertThat(of("Name:\tjava\n").residentBytes()).isEmpty();
    assertThat(of("VmRSS:\t kB\n").residentBytes()).isEmpty();
    assertThat(new ProcessMemory(directory.resolve("none")).peakBytes()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldKnowThisProcess() {
    ProcessMemory memory = ProcessMemory.ofThisProcess();

    long resident = memory.residentBytes().orElseThrow();

    assertThat(resident).isPositive();
    assertThat(memory.peakBytes().orElseThrow()).isPositive();
  }
}
