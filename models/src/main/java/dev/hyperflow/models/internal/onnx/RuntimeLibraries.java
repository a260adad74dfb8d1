package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OrtException;
import dev.hyperflow.models.internal.NativeLibraries;
import java.util.List;
import java.util.Locale;

/** Unpacks ONNX Runtime's native libraries before ONNX Runtime does. */
final class RuntimeLibraries {
  private static final String FOLDER = "onnxruntime.native.path";
  private static final String RESOURCES = "/ai/onnxruntime/native/";

  private RuntimeLibraries() {}

  /**
   * Has ONNX Runtime load them from the folder of native libraries, unless somebody has named
   * another one or the runtime has one with CUDA, which brings its own way.
   */
  static synchronized void unpack() {
    boolean hasCuda =
        OrtException.class.getResource(RESOURCES + platform() + "/libonnxruntime_providers_cuda.so")
            != null;
    if (System.getProperty(FOLDER) == null && !hasCuda) {
      NativeLibraries.Library first = library("onnxruntime");
      NativeLibraries.unpack(
              "onnxruntime",
              OrtException.class,
              List.of(first, library("onnxruntime4j_jni")),
              folder -> System.load(folder.resolve(first.file()).toString()))
          .ifPresent(folder -> System.setProperty(FOLDER, folder.toString()));
    }
  }

  private static NativeLibraries.Library library(String name) {
    String file = System.mapLibraryName(name);
    return new NativeLibraries.Library(RESOURCES + platform() + "/" + file, file);
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    String name = os.contains("mac") ? "osx" : os.contains("windows") ? "win" : "linux";
    return name + (arch.equals("aarch64") ? "-aarch64" : "-x64");
  }
}
