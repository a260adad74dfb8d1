package dev.hyperflow.training.stream;

import dev.hyperflow.training.report.Csv;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stream as two files for programs in other languages: {@code NAME.csv} with one line for each
 * question and each label, in order, and {@code NAME.npy} with the features of the texts.
 */
final class StreamFile {

  /*
   * The first line of the CSV names the columns. Then:
   *
   *   stream,order,action,event,label
   *   snips,shuffled-20-1a2b3c4d,ask,0,PlayMusic      the label that the answer is judged by
   *   snips,shuffled-20-1a2b3c4d,learn,0,PlayMusic    the label that the learner is told
   *
   * Row e of the array of float32 (NPY 1.0) holds the features of event e: the last layer's block.
   */
  private static final String HEADER =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }";
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private StreamFile() {}

  /** Writes both files. */
  static void write(Path directory, LabelStream stream) throws IOException {
    Files.createDirectories(directory);
    String name = (stream.name() + "." + stream.order()).replaceAll("[^A-Za-z0-9._-]", "_");
    Files.writeString(directory.resolve(name + ".csv"), steps(stream));
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(name + ".npy")))) {
      writeFeatures(stream, out);
    }
  }

  private static String steps(LabelStream stream) {
    Csv csv = new Csv("stream", "order", "action", "event", "label");
    String order = stream.order();
    for (int e = 0; e < stream.size(); e++) {
      String label = stream.labels().get(stream.truth(e));
      csv.line(stream.name(), order, "ask", Integer.toString(e), label);
      int due = stream.learnedAfter(e);
      if (due != LabelStream.NONE) {
        String given = stream.labels().get(stream.given(due));
        csv.line(stream.name(), order, "learn", Integer.toString(due), given);
      }
    }
    return csv.toString();
  }

  private static void writeFeatures(LabelStream stream, OutputStream out) throws IOException {
    int dimension = stream.outer();
    String header = HEADER.formatted(stream.size(), dimension);
    int before = MAGIC.length + Short.BYTES + header.length() + 1;
    int padding = Math.floorMod(-before, ALIGNMENT);
    DataOutputStream data = new DataOutputStream(out);
    data.write(MAGIC);
    data.writeShort(Short.reverseBytes((short) (header.length() + padding + 1)));
    data.write((header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
    for (int e = 0; e < stream.size(); e++) {
      ByteBuffer row = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      row.asFloatBuffer().put(stream.lastLayer(e));
      data.write(row.array());
    }
    data.flush();
  }
}
