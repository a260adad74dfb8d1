package dev.hyperflow.models.graph;

import dev.hyperflow.models.Encoder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A labelled data set as features: per label, in file order, encoded once and cached. */
final class Features {

  private static final Path CACHE = Path.of("target", "features");

  private Features() {}

  /**
   * Encodes a data set, or reads what an earlier run encoded.
   *
   * @param file one {@code label<TAB>text} per line
   */
  static Map<String, List<float[]>> of(Path file, Encoder encoder) throws IOException {
    List<String> labels = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int tab = line.indexOf('\t');
      labels.add(line.substring(0, tab));
      texts.add(line.substring(tab + 1));
    }
    Path cache = CACHE.resolve(file.getFileName() + "." + encoder.id().replaceAll("\\W", "_"));
    if (!Files.exists(cache)) {
      write(cache, encoder.encode(texts));
    }
    Map<String, List<float[]>> byLabel = new TreeMap<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(cache)))) {
      for (String label : labels) {
        float[] x = new float[encoder.dimension()];
        for (int d = 0; d < x.length; d++) {
          x[d] = in.readFloat();
        }
        byLabel.computeIfAbsent(label, l -> new ArrayList<>()).add(x);
      }
    }
    return byLabel;
  }

  private static void write(Path cache, float[][] features) throws IOException {
    Files.createDirectories(CACHE);
    Path unfinished = Files.createTempFile(CACHE, "features", ".tmp");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
      for (float[] x : features) {
        for (float value : x) {
          out.writeFloat(value);
        }
      }
    }
    Files.move(unfinished, cache);
  }
}
