package dev.hyperflow.benchmarks.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.models.internal.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped bundle without its encoder: it takes vectors of any dimension, and no texts. */
final class VectorBundle {
  private static final String SHIPPED = "/bundles/minilm-analytic-v0/";
  private static final String MANIFEST = "manifest.json";

  private VectorBundle() {}

  /**
   * Writes it into a directory, which is made.
   *
   * @return the value for the setting {@code bundle}
   */
  static String write(Path directory) {
    try {
      Files.createDirectories(directory);
      for (String file : new String[] {"drift.onnx", "integrate.onnx"}) {
        try (InputStream in = open(file)) {
          Files.copy(in, directory.resolve(file));
        }
      }
      ObjectMapper mapper = new ObjectMapper();
      try (InputStream in = open(MANIFEST)) {
        ObjectNode manifest = (ObjectNode) mapper.readTree(in);
        manifest.remove("encoder");
        mapper.writeValue(directory.resolve(MANIFEST).toFile(), manifest);
      }
      return directory.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    InputStream in = Manifest.class.getResourceAsStream(SHIPPED + file);
    if (in == null) {
      throw new IllegalStateException("expected %s%s on the class path".formatted(SHIPPED, file));
    }
    return in;
  }
}
