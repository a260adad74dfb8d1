package dev.hyperflow.training.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out which commit this program was built in. */
public final class Commit {

  private static final String UNKNOWN = "unknown";

  private Commit() {}

  /** Short hash of the source tree that holds this class, with a plus if it has changes. */
  public static String current() {
    try {
      Path place =
          Path.of(Commit.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String directory = String.valueOf(place.toAbsolutePath().getParent());
      Optional<String> hash = git("-C", directory, "rev-parse", "--short", "HEAD");
      Optional<String> changes =
          git("-C", directory, "status", "--porcelain", "--untracked-files=no");
      String mark = changes.filter(String::isEmpty).isPresent() ? "" : "+";
      return hash.filter(h -> !h.isEmpty()).map(h -> h + mark).orElse(UNKNOWN);
    } catch (IOException | URISyntaxException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /** Output of a git command; empty if it failed. */
  private static Optional<String> git(String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
  }
}
