package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Encodes sets of texts, each once: vectors are kept on disk under the hash of the texts and the
 * identity of the encoder. May be shared by threads and by processes.
 */
public final class FeatureCache {

  /*
   * Encoding is spread over threads in chunks of texts of similar length, which the encoder pads
   * alike; a vector depends on neither. Longest first, so that no thread ends with a long chunk.
   */
  private static final int CHUNK = 256;
  private static final int NAME_DIGITS = 24;

  private final Path directory;
  private final int threads;

  /**
   * A cache in a directory.
   *
   * @param directory made when something is first written
   * @param threads how many encode at once, at least 1
   */
  public FeatureCache(Path directory, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    this.directory = directory;
    this.threads = threads;
  }

  /**
   * Gives the features of a set: those on disk, or encodes them and keeps them.
   *
   * @param progress takes the share of the texts that is encoded, above 0 to 1. It is not called
   *     when the features are on disk
   * @throws UncheckedIOException if the cache cannot be read or written; the message names the file
   * @throws InterruptedException if this thread is interrupted while texts are encoded
   */
  public LabelledFeatures features(LabelledTexts texts, Encoder encoder, DoubleConsumer progress)
      throws InterruptedException {
    LabelledFeatures queries = features(texts, encoder, encoder.prefixes().query(), progress);
    return encoder.prefixes().alike()
        ? queries
        : queries.withExamples(features(texts, encoder, encoder.prefixes().example(), progress));
  }

  private LabelledFeatures features(
      LabelledTexts texts, Encoder encoder, String prefix, DoubleConsumer progress)
      throws InterruptedException {
    Path file = directory.resolve(fileName(texts, encoder, prefix));
    int rows = texts.texts().size();
    try {
      Optional<float[][]> known = FeatureFile.read(file, rows, encoder.dimension());
      if (known.isPresent()) {
        return LabelledFeatures.of(texts, known.get());
      }
      float[][] encoded = encode(texts, encoder, prefix, progress);
      FeatureFile.write(file, encoded);
      return LabelledFeatures.of(texts, encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": expected a readable and writable cache: " + e, e);
    }
  }

  /** Names the content: equal names hold equal vectors. */
  private static String fileName(LabelledTexts texts, Encoder encoder, String prefix) {
    String readable = texts.name().replaceAll("[^A-Za-z0-9._-]", "_");
    return "%s-%s.features"
        .formatted(
            readable.substring(0, Math.min(readable.length(), 64)),
            Sha256.of(
                    String.join("\n", texts.hash(), encoder.id() + prefix)
                        .getBytes(StandardCharsets.UTF_8))
                .substring(0, NAME_DIGITS));
  }

  private float[][] encode(
      LabelledTexts texts, Encoder encoder, String prefix, DoubleConsumer progress)
      throws InterruptedException {
    int total = texts.texts().size();
    List<Integer> order =
        IntStream.range(0, total)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -texts.texts().get(i).text().length()))
            .toList();
    float[][] features = new float[total][];
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> chunks = new ArrayList<>();
      for (int start = 0; start < total; start += CHUNK) {
        List<Integer> chunk = order.subList(start, Math.min(total, start + CHUNK));
        chunks.add(workers.submit(() -> encode(chunk, texts, encoder, prefix, features)));
      }
      int done = 0;
      for (Future<Integer> chunk : chunks) {
        done += chunk.get();
        progress.accept((double) done / total);
      }
      return features;
    } catch (ExecutionException e) {
      throw new IllegalStateException(texts.name() + ": encoding failed: " + e.getCause(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static int encode(
      List<Integer> chunk, LabelledTexts texts, Encoder encoder, String prefix, float[][] into) {
    float[][] vectors =
        encoder.encode(chunk.stream().map(i -> prefix + texts.texts().get(i).text()).toList());
    for (int i = 0; i < vectors.length; i++) {
      into[chunk.get(i)] = vectors[i];
    }
    return vectors.length;
  }
}
