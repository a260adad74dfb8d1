package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses to load ONNX Runtime where it would take the whole process down.
 *
 * <p>On Linux, ONNX Runtime 1.29.0 dies of a segmentation fault in {@code createHandle} when the
 * command line of the process has about 4,000 bytes or more (3,965 passed, 4,005 crashed), which a
 * long class path on it soon has.
 */
final class CommandLineGuard {

  /** Size of the longest command line that is taken, its terminating zeros included. */
  static final int MAX_BYTES = 3_960;

  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/cmdline");

  private CommandLineGuard() {}

  static void check() {
    check(OF_THIS_PROCESS);
  }

  /** Checks the command line in a file of Linux's kind; without such a file there is no danger. */
  static void check(Path commandLine) {
    int bytes;
    try {
      bytes = Files.readAllBytes(commandLine).length;
    } catch (IOException e) {
      return;
    }
    if (bytes > MAX_BYTES) {
      throw new BundleException(
          ("command line: expected at most %,d bytes, found %,d. ONNX Runtime crashes on longer"
                  + " ones. Put the class path into CLASSPATH, an @argfile or a jar's manifest.")
              .formatted(MAX_BYTES, bytes));
    }
  }
}
