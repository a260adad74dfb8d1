package dev.hyperflow.benchmarks.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which library of a graphics card is missing, and where it was looked for. Immutable.
 *
 * <p>ONNX Runtime names the first one alone, and its reason for a driver reads like that for a
 * library.
 */
final class CudaLibraries {
  private static final String PROVIDER = "libonnxruntime_providers_cuda.so";
  private static final String DRIVER = "libcuda.so.1";

  /** Opened by name at run time, so no list of dependencies has it. */
  private static final String CUDNN = "libcudnn.so.9";

  private static final List<String> USUAL =
      List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/local/nvidia/lib64");

  private final Path natives;
  private final List<Path> folders;
  private final Function<Path, List<String>> dependencies;

  /**
   * Libraries of a machine.
   *
   * @param natives the folder of ONNX Runtime's own libraries
   * @param folders where the loader looks
   * @param dependencies prints the dependencies of a library as {@code ldd} does
   */
  CudaLibraries(Path natives, List<Path> folders, Function<Path, List<String>> dependencies) {
    this.natives = natives;
    this.folders = List.copyOf(folders);
    this.dependencies = dependencies;
  }

  /** Those of this machine; empty when ONNX Runtime unpacks its own libraries from its jar. */
  static Optional<CudaLibraries> ofMachine() {
    return Optional.ofNullable(System.getProperty("onnxruntime.native.path"))
        .map(
            natives ->
                new CudaLibraries(
                    Path.of(natives),
                    loaderFolders(Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("")),
                    library -> Commands.lines("ldd", library.toString())));
  }

  private static List<Path> loaderFolders(String named) {
    // Lines of the loader's cache end in the path of a library.
    Stream<String> cached =
        Commands.lines("/sbin/ldconfig", "-p").stream()
            .filter(line -> line.contains("libcu") && line.contains(" => "))
            .map(line -> line.substring(line.lastIndexOf(" => ") + 4))
            .map(library -> library.substring(0, Math.max(0, library.lastIndexOf('/'))));
    return Stream.concat(Stream.concat(Stream.of(named.split(":", -1)), cached), USUAL.stream())
        .filter(folder -> !folder.isEmpty())
        .distinct()
        .map(Path::of)
        .toList();
  }

  /** What is missing, in one line; empty if nothing is. */
  Optional<String> missing() {
    Path provider = natives.resolve(PROVIDER);
    if (!Files.exists(provider)) {
      return Optional.of(
          "ONNX Runtime with CUDA: expected %s in %s, found none; make the kit with --cuda 12 or 13"
              .formatted(PROVIDER, natives));
    }
    List<String> lacking = new ArrayList<>();
    for (String line : dependencies.apply(provider)) {
      if (line.contains("=> not found")) {
        lacking.add(line.strip().split(" ", 2)[0]);
      }
    }
    if (!exists(CUDNN)) {
      lacking.add(CUDNN);
    }
    String looked = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
    if (lacking.remove(DRIVER)) {
      return Optional.of(
          "NVIDIA driver: expected %s, found none; looked in %s%s"
              .formatted(DRIVER, looked, lacking.isEmpty() ? "" : "; also missing: " + lacking));
    }
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: expected %s, found %s; looked in %s"
            .formatted(
                lacking.equals(List.of(CUDNN)) ? "cuDNN 9" : "CUDA",
                String.join(", ", lacking),
                others(lacking),
                looked));
  }

  private boolean exists(String library) {
    return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(library)));
  }

  /** Other versions of the same libraries, which tell a wrong CUDA from none. */
  private String others(List<String> lacking) {
    List<String> stems = lacking.stream().map(name -> name.replaceAll("\\.so.*", ".so.")).toList();
    String found =
        folders.stream()
            .flatMap(folder -> names(folder).stream())
            .filter(name -> stems.stream().anyMatch(name::startsWith))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "none" : found;
  }

  /** Files of a folder; none if there is no such folder. */
  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
