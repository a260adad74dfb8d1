package dev.hyperflow.models.internal.make;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;

/**
 * How alike the vectors of two encoders are.
 *
 * @param mean mean cosine
 * @param least the smallest cosine
 * @param texts how many texts were compared
 */
public record EncoderAgreement(double mean, double least, int texts) {

  private static final int MAX_TEXTS = 200;

  /**
   * Compares the encoders of two bundles.
   *
   * @param texts of these, at most 200 are taken evenly; at least one
   * @throws BundleException if a bundle cannot be used or has no encoder
   */
  public static EncoderAgreement of(String one, String other, List<String> texts) {
    List<String> some = new ArrayList<>();
    int count = Math.min(MAX_TEXTS, texts.size());
    for (int i = 0; i < count; i++) {
      some.add(texts.get((int) ((long) i * texts.size() / count)));
    }
    float[][] a = encode(one, some);
    float[][] b = encode(other, some);
    double sum = 0;
    double least = 1;
    for (int i = 0; i < count; i++) {
      double cosine = cosine(a[i], b[i]);
      sum += cosine;
      least = Math.min(least, cosine);
    }
    return new EncoderAgreement(sum / count, least, count);
  }

  private static float[][] encode(String location, List<String> texts) {
    try (Bundle bundle = Bundle.load(location, BundleOptions.defaults().withWarmUp(false))) {
      Encoder encoder =
          bundle
              .encoder()
              .orElseThrow(
                  () ->
                      new BundleException(
                          "bundle " + location + ": expected an encoder, found none"));
      return encoder.encode(texts);
    }
  }

  /** The cosine of two vectors of one width. */
  public static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int d = 0; d < a.length; d++) {
      product += (double) a[d] * b[d];
      squaresOfA += (double) a[d] * a[d];
      squaresOfB += (double) b[d] * b[d];
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }
}
