package dev.hyperflow.demo.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** The system clock, as the application's process sees it, is set while the application runs. */
final class ClockFaults {

  private static final long TWO_HOURS = 7200;
  private static final String COMPILER = "cc";

  private ClockFaults() {}

  /** Whether this machine can compile what stands between a process and its clock. */
  private static boolean canSetClocks() throws InterruptedException {
    try {
      return new ProcessBuilder(COMPILER, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Two hours forward and back in turn. */
  static void set(Stage stage) throws Exception {
    assumeTrue(canSetClocks(), "not tried: this machine has no C compiler");
    ApplicationProcess application = stage.first();
    Path directory = stage.platform().directory();
    Path shift = write(directory.resolve("clock-shift"), 0);
    application.launch(
        new ApplicationProcess.Launch(
            "192m",
            List.of(),
            Map.of("LD_PRELOAD", library(directory).toString(), "CLOCK_SHIFT", shift.toString())));
    application.start();
    application.awaitRunning();
    for (int round = 0; round < stage.cell().kills(); round++) {
      Moment.within(stage.random(), 2000).await();
      write(shift, round % 2 == 0 ? TWO_HOURS : 0);
      stage.faults().happened();
      application.awaitSaid(
          "The system clock was set " + (round % 2 == 0 ? "forward" : "back"), round / 2 + 1);
      Moment.within(stage.random(), 8000).await();
    }
  }

  /** In place: the process has mapped the file. */
  private static Path write(Path file, long seconds) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, seconds);
    return Files.write(file, bytes.array(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Path library(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve("shifted-clock.c");
    Path library = directory.resolve("shifted-clock.so");
    try (var in = ClockFaults.class.getResourceAsStream("shifted-clock.c")) {
      Files.write(source, in.readAllBytes());
    }
    Process compiler =
        new ProcessBuilder(
                COMPILER, "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new AssertionError("the shifted clock does not compile");
    }
    return library;
  }
}
