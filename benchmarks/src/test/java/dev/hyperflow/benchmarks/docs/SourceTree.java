package dev.hyperflow.benchmarks.docs;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory that looks like the repository after a build: the launcher itself, and jars that lead
 * to the classes that are tested. So the launcher finds nothing to build, and what blocks write
 * stays out of the repository.
 */
final class SourceTree {

  /** Where the repository is, seen from this module. */
  static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

  private SourceTree() {}

  /** Lays the tree out in an empty directory. */
  static void layOut(Path root) throws IOException {
    Files.copy(REPOSITORY.resolve("hyperflow"), root.resolve("hyperflow"));
    Files.createDirectory(root.resolve("home"));
    Files.createFile(root.resolve("pom.xml"));
    for (String example : List.of("docs/examples/library.csv", "docs/examples/tickets.jsonl")) {
      Files.createDirectories(root.resolve(example).getParent());
      Files.copy(REPOSITORY.resolve(example), root.resolve(example));
    }
    for (String module :
        List.of("schemas", "models", "engine", "topology", "server", "app", "demo", "training")) {
      Files.createDirectories(root.resolve(module));
    }
    program(root.resolve("app/target/hyperflow.jar"), "dev.hyperflow.app.Main");
    program(root.resolve("demo/target/hyperflow-demo.jar"), "dev.hyperflow.demo.Main");
    program(root.resolve("training/target/hyperflow-training.jar"), "dev.hyperflow.training.Main");
  }

  /** Markdown files of the repository, in the order of their names. */
  static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> isSource(REPOSITORY.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isSource(Path relative) {
    String first = relative.getName(0).toString();
    if (first.equals("data") || first.startsWith(".")) {
      return false;
    }
    for (Path part : relative) {
      if (part.toString().equals("target")) {
        return false;
      }
    }
    return true;
  }

  private static void program(Path jar, String main) throws IOException {
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.put(Attributes.Name.CLASS_PATH, classPath());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.finish();
    }
    // Says to the launcher that the jar is newer than all sources.
    Files.createFile(jar.resolveSibling("hyperflow.built"));
  }

  /** The class path of this test, without the tests. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .map(entry -> Path.of(entry).toUri())
        .map(URI::toASCIIString)
        .collect(Collectors.joining(" "));
  }
}
