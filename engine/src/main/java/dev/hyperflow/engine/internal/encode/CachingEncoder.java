package dev.hyperflow.engine.internal.encode;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.ForwardingEncoder;
import dev.hyperflow.models.internal.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Remembers the vectors of the texts that were encoded last: queries repeat, and a label often
 * comes for a text that was just asked. A vector has the same bits whatever texts share its call,
 * so nobody can tell a remembered one. Thread-safe; closes the encoder that it wraps.
 */
public final class CachingEncoder extends ForwardingEncoder {
  // Texts may be long, and are no business of a cache: it keeps their hashes. With 128 bits of
  // SHA-256, two texts of one cache never meet. Two threads that miss the same text both encode it.

  private static final int HASH_BYTES = 16;

  private final IntConsumer hits;
  private final Map<BigInteger, float[]> vectors;

  /**
   * A cache before an encoder.
   *
   * @param texts maximum number of texts to remember, at least 1
   * @param hits is told of each call how many texts were remembered, when there were any
   */
  public CachingEncoder(Encoder encoder, int texts, IntConsumer hits) {
    super(encoder);
    this.hits = hits;
    this.vectors =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<BigInteger, float[]> eldest) {
            return size() > texts;
          }
        };
  }

  @Override
  public float[][] encode(List<String> texts) {
    List<BigInteger> keys = texts.stream().map(CachingEncoder::hash).toList();
    float[][] rows = new float[texts.size()][];
    Map<BigInteger, String> missing = new LinkedHashMap<>();
    synchronized (vectors) {
      for (int i = 0; i < rows.length; i++) {
        float[] known = vectors.get(keys.get(i));
        if (known == null) {
          missing.put(keys.get(i), texts.get(i));
        } else {
          rows[i] = known.clone();
        }
      }
    }
    if (missing.size() < texts.size()) {
      hits.accept(texts.size() - missing.size());
    }
    if (!missing.isEmpty()) {
      Map<BigInteger, float[]> found = encode(missing);
      for (int i = 0; i < rows.length; i++) {
        if (rows[i] == null) {
          rows[i] = found.get(keys.get(i)).clone();
        }
      }
    }
    return rows;
  }

  private Map<BigInteger, float[]> encode(Map<BigInteger, String> missing) {
    float[][] rows = super.encode(new ArrayList<>(missing.values()));
    Map<BigInteger, float[]> found = new LinkedHashMap<>();
    int next = 0;
    for (BigInteger key : missing.keySet()) {
      found.put(key, rows[next++]);
    }
    synchronized (vectors) {
      vectors.putAll(found);
    }
    return found;
  }

  private static BigInteger hash(String text) {
    byte[] digest = Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    return new BigInteger(1, digest, 0, HASH_BYTES);
  }
}
