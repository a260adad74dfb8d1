package dev.hyperflow.demo;

import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.topology.errors.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a demo keeps its files: a directory the user named, which is kept, or a temporary one,
 * which is deleted at the end.
 */
final class RunDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final String SCENARIO_MARK = "scenario";

  private final Path root;
  private final boolean kept;

  private RunDirectory(Path root, boolean kept) {
    this.root = root;
    this.kept = kept;
  }

  static RunDirectory open(Optional<Path> wanted) {
    try {
      return wanted.isPresent()
          ? new RunDirectory(Files.createDirectories(wanted.get().toAbsolutePath()), true)
          : new RunDirectory(Files.createTempDirectory("hyperflow-demo-"), false);
    } catch (IOException e) {
      throw new StartupException(
          "data directory " + wanted.map(Path::toString).orElse("") + " cannot be used: " + e, e);
    }
  }

  Path broker() {
    return root.resolve("broker");
  }

  Path registry() {
    return root.resolve("registry");
  }

  Path state() {
    return root.resolve("state");
  }

  Path log() {
    return root.resolve("demo.log");
  }

  /**
   * Binds the directory to a scenario.
   *
   * @throws StartupException when it holds a run of another one: its records would be taken for
   *     this one's
   */
  void claimFor(Scenario scenario) {
    Path mark = root.resolve(SCENARIO_MARK);
    try {
      if (!Files.exists(mark)) {
        Files.writeString(mark, scenario.fingerprint());
      } else if (!Files.readString(mark).equals(scenario.fingerprint())) {
        throw new StartupException(
            "data directory "
                + root
                + " holds a run with another seed, length or data;"
                + " repeat the same command or choose another directory");
      }
    } catch (IOException e) {
      throw new StartupException("data directory " + root + " cannot be used: " + e, e);
    }
  }

  /** Deletes a temporary directory; does nothing to one the user named. */
  void release() {
    if (!kept) {
      delete(file -> true);
    }
  }

  /** Does as {@link #release}, but leaves the log, and says where that is if there is one. */
  Optional<Path> releaseButLog() {
    if (!Files.exists(log())) {
      release();
      return Optional.empty();
    }
    if (!kept) {
      delete(file -> !log().startsWith(file));
    }
    return Optional.of(log());
  }

  private void delete(Predicate<Path> unwanted) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(unwanted).sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("could not delete the demo's temporary directory", e);
    }
  }
}
