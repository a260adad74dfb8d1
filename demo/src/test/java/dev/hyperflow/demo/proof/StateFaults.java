package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Faults of the local state: damaged, unreadable, of another cluster, on a full disk. */
final class StateFaults {

  private static final String TABLE = ".sst";
  private static final byte[] FILLING = new byte[4096];

  /** A disk that holds the empty state of all partitions, and little more. */
  private static final String SMALL_DISK = "160m";

  /** A disk that does not hold the empty state. */
  private static final String TINY_DISK = "1m";

  private StateFaults() {}

  /** All tables of the stores are overwritten while the application is away. */
  static void damaged(Stage stage) throws Exception {
    whileAway(stage, table -> Files.write(table, turned(Files.readAllBytes(table))));
  }

  /** No table of the stores can be read: each name leads to a directory. */
  static void unreadable(Stage stage) throws Exception {
    whileAway(
        stage,
        table -> {
          Files.delete(table);
          Files.createDirectory(table);
        });
  }

  /** What is done to a file. */
  @FunctionalInterface
  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static void whileAway(Stage stage, Damage damage) throws Exception {
    ApplicationProcess application = stage.first();
    application.start();
    int files = 0;
    for (int round = 0; round < stage.cell().kills(); round++) {
      application.awaitRunning();
      Moment.within(stage.random(), 2000).await();
      if (stage.random().nextInt(4) == 0) {
        application.kill();
      } else {
        application.stop();
      }
      for (Path table : tables(application.state())) {
        damage.to(table);
        files++;
      }
      stage.faults().happened();
      application.start();
    }
    application.awaitRunning();
    assertThat(files).as("damaged files").isPositive();
  }

  private static List<Path> tables(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(file -> file.toString().endsWith(TABLE)).toList();
    }
  }

  private static byte[] turned(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 0x5A;
    }
    return bytes;
  }

  /** The state is moved to another cluster, which refuses it, and back. */
  static void ofAnotherCluster(Stage stage) throws Exception {
    ApplicationProcess application = stage.first();
    Path directory = Files.createDirectories(application.state().resolveSibling("other-cluster"));
    try (BrokerProcess other = BrokerProcess.start(directory)) {
      application.start();
      for (int round = 0; round < stage.cell().kills(); round++) {
        application.awaitRunning();
        Moment.within(stage.random(), 2000).await();
        application.kill();
        application.start(Map.of("bootstrap.servers", other.bootstrapServers()));
        assertThat(application.awaitFailure())
            .contains("state.dir: expected state of cluster", "Delete that directory");
        stage.faults().happened();
        application.start();
      }
      application.awaitRunning();
    }
  }

  /** Whether this machine lets a process have a disk of its own, of a size that is given. */
  private static boolean canLimitDisks() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** The disk of the state is too small at the start, or fills up. */
  static void fullDisk(Stage stage) throws Exception {
    assumeTrue(canLimitDisks(), "not tried: this machine has no unshare for user namespaces");
    ApplicationProcess application = stage.first();
    for (int round = 0; round < stage.cell().kills(); round++) {
      application.launch(onDisk(application.state(), TINY_DISK));
      application.start();
      assertThat(application.awaitFailure()).contains("The disk is full: free space at state.dir");
      application.launch(onDisk(application.state(), SMALL_DISK));
      application.start();
      application.awaitRunning();
      stage.faults().happened();
      Moment.within(stage.random(), 2000).await();
      fill(Path.of("/proc", Long.toString(application.pid()), "root" + application.state()));
      Moment.within(stage.random(), 4000).await();
      if (application.isUp()) {
        application.signal("TERM");
      }
      String last = application.awaitEnd();
      assertThat(last).containsAnyOf("The disk is full: free space at state.dir", "has stopped");
    }
    application.launch(ApplicationProcess.Launch.USUAL);
    application.start();
    application.awaitRunning();
    stage.faults().happened();
  }

  private static ApplicationProcess.Launch onDisk(Path state, String size) throws IOException {
    Files.createDirectories(state);
    String mount = "mount -t tmpfs -o size=" + size + " none '" + state + "' && exec \"$@\"";
    return new ApplicationProcess.Launch(
        "192m", List.of("unshare", "-Urm", "sh", "-c", mount, "sh"), Map.of());
  }

  private static void fill(Path directory) {
    try (OutputStream out = Files.newOutputStream(directory.resolve("filling"))) {
      while (true) {
        out.write(FILLING);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }
}
