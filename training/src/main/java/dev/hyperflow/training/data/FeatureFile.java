package dev.hyperflow.training.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The layout of a file of feature vectors. */
final class FeatureFile {

  /*
   * Little-endian:
   *
   *   0                4         8        12          16         16 + 4·rows·dimension
   *   +----------------+---------+--------+-----------+------------------+----------+
   *   | 'H' 'F' 'F' 'V'| version | rows   | dimension | floats, by row   | CRC-32C  |
   *   +----------------+---------+--------+-----------+------------------+----------+
   *
   * Which texts and which encoder is in the file's name (FeatureCache). The checksum covers the
   * floats. A file is written under another name and moved, so that none is ever half there. One
   * that is not as described is treated as missing, because what it held can be computed again.
   */
  private static final int MAGIC = 'H' | 'F' << 8 | 'F' << 16 | 'V' << 24;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 16;
  private static final int CHECKSUM_BYTES = 4;

  private FeatureFile() {}

  /**
   * Reads vectors.
   *
   * @return {@code rows} × {@code dimension} floats, or empty if there is no sound file of that
   *     size
   */
  static Optional<float[][]> read(Path file, int rows, int dimension) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != size(rows, dimension)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt() != MAGIC
        || bytes.getInt() != VERSION
        || bytes.getInt() != rows
        || bytes.getInt() != dimension
        || bytes.getInt(bytes.limit() - CHECKSUM_BYTES) != checksum(bytes)) {
      return Optional.empty();
    }
    float[][] features = new float[rows][dimension];
    for (float[] row : features) {
      bytes.asFloatBuffer().get(row);
      bytes.position(bytes.position() + dimension * Float.BYTES);
    }
    return Optional.of(features);
  }

  /** Writes vectors of one length, at least one of them; replaces the file in one step. */
  static void write(Path file, float[][] features) throws IOException {
    int dimension = features[0].length;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(size(features.length, dimension)))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).putInt(VERSION).putInt(features.length).putInt(dimension);
    for (float[] row : features) {
      bytes.asFloatBuffer().put(row);
      bytes.position(bytes.position() + dimension * Float.BYTES);
    }
    bytes.putInt(checksum(bytes)).flip();
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".features", ".tmp");
    try {
      try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static long size(long rows, long dimension) {
    return HEADER_BYTES + rows * dimension * Float.BYTES + CHECKSUM_BYTES;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    int length = bytes.capacity() - HEADER_BYTES - CHECKSUM_BYTES;
    checksum.update(bytes.duplicate().clear().slice(HEADER_BYTES, length));
    return (int) checksum.getValue();
  }
}
