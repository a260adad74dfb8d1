package dev.hyperflow.models.internal;

import static dev.hyperflow.models.internal.Check.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How the two blocks of a feature vector, [outer | inner], are mixed. A share w belongs to the
 * inner block: inner products are (1 − w) · outer + w · inner.
 *
 * <p>The share is a function of the support set. Each candidate is judged by the examples that
 * ridge regression without them gets right: the closed form of leave-one-out. The share is the mean
 * of the candidates, weighted by that evidence. It is 0 where no label has two examples.
 *
 * @param inner number of the last columns that are the inner block, at least 1
 * @param shares the candidates, ascending, 2 to 16 of them, from 0 to below 1
 * @param examples maximum number of examples that are judged, a multiple of 32, at most 1024;
 *     evenly spread over a larger support set
 * @param ridge λ of the ridge regression, above 0 and at most 1000
 * @param sharpness factor of left-out scores before their softmax, above 0 and at most 1000
 * @param strength factor of the summed log-likelihood, above 0 and at most 1000
 * @param caution prior weight of the first candidate against each other one, in nats; 0 to 1000
 */
public record Blocks(
    @JsonProperty(required = true) int inner,
    @JsonProperty(required = true) List<Double> shares,
    @JsonProperty(required = true) int examples,
    @JsonProperty(required = true) double ridge,
    @JsonProperty(required = true) double sharpness,
    @JsonProperty(required = true) double strength,
    @JsonProperty(required = true) double caution) {

  private static final int MAX_SHARES = 16;
  private static final int MAX_EXAMPLES = 1024;
  private static final int EXAMPLES_STEP = 32;
  private static final double MAX = 1000;

  public Blocks {
    Check.range("blocks.inner", 1, FeatureDimension.MAX, inner);
    Check.present("blocks.shares", shares);
    shares = List.copyOf(shares);
    Check.range("blocks.shares", 2, MAX_SHARES, shares.size());
    double last = -1;
    for (double share : shares) {
      check(
          share >= 0 && share < 1 && share > last,
          "blocks.shares",
          "0 to below 1, ascending",
          shares);
      last = share;
    }
    check(
        examples >= EXAMPLES_STEP && examples <= MAX_EXAMPLES && examples % EXAMPLES_STEP == 0,
        "blocks.examples",
        "a multiple of 32 from 32 to 1024",
        examples);
    positive("blocks.ridge", ridge);
    positive("blocks.sharpness", sharpness);
    positive("blocks.strength", strength);
    check(caution >= 0 && caution <= MAX, "blocks.caution", "0 to " + MAX, caution);
  }

  /** The values of the shipped bundles, for an inner block of so many columns. */
  public static Blocks standard(int inner) {
    return new Blocks(inner, List.of(0.0, 0.35, 0.75), 128, 0.3, 8, 0.4, 0);
  }

  private static void positive(String field, double value) {
    check(value > 0 && value <= MAX, field, "above 0 and at most " + MAX, value);
  }
}
