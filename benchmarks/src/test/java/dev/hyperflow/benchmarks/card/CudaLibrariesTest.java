package dev.hyperflow.benchmarks.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {
  @TempDir Path directory;

  private final List<String> dependencies =
      new ArrayList<>(List.of("\tlibc.so.6 => /lib/libc.so.6 (0x00007f)"));
  private Path natives;
  private Path libraries;

  @BeforeEach
  void makeFolders() throws Exception {
    natives = Files.createDirectory(directory.resolve("native"));
    libraries = Files.createDirectory(directory.resolve("cuda"));
  }

  @Test
  void shouldMissNothingWhereAllIsThere() throws Exception {
    add(natives, "libonnxruntime_providers_cuda.so");
    add(libraries, "libcudnn.so.9");

    assertThat(found().missing()).isEmpty();
  }

  @Test
  void shouldNameTheProvider() {
    assertThat(found().missing())
        .hasValue(
            "ONNX Runtime with CUDA: expected libonnxruntime_providers_cuda.so in "
                + natives
                + ", found none; make the kit with --cuda 12 or 13");
  }

  @Test
  void shouldNameTheDriverBeforeAllElse() throws Exception {
    add(natives, "libonnxruntime_providers_cuda.so");
    dependencies.add("\tlibcublas.so.13 => not found");
    dependencies.add("\tlibcuda.so.1 => not found");

    assertThat(found().missing())
        .hasValue(
            "NVIDIA driver: expected libcuda.so.1, found none; looked in %s, /nowhere; also missing: [libcublas.so.13, libcudnn.so.9]"
                .formatted(libraries));
  }

  @Test
  void shouldTellAWrongCudaFromNone() throws Exception {
    add(natives, "libonnxruntime_providers_cuda.so");
    add(libraries, "libcudnn.so.9");
    add(libraries, "libcudart.so.12");
    add(libraries, "libcudartful.so.13");
    dependencies.add("\tlibcudart.so.13 => not found");

    assertThat(found().missing())
        .hasValue(
            "CUDA: expected libcudart.so.13, found libcudart.so.12; looked in %s, /nowhere"
                .formatted(libraries));
  }

  @Test
  void shouldNameCudnnWhichNoListOfDependenciesHas() throws Exception {
    add(natives, "libonnxruntime_providers_cuda.so");
    add(libraries, "libcudnn.so.8");

    assertThat(found().missing())
        .hasValue(
            "cuDNN 9: expected libcudnn.so.9, found libcudnn.so.8; looked in %s, /nowhere"
                .formatted(libraries));
  }

  private CudaLibraries found() {
    return new CudaLibraries(
        natives, List.of(libraries, Path.of("/nowhere")), library -> dependencies);
  }

  private static void add(Path folder, String library) throws Exception {
    Files.createFile(folder.resolve(library));
  }
}
