package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.score.Score;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.score.Scorer;
import dev.hyperflow.models.internal.Calibration;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One query of 384 features: the logits alone, and the whole stage. */
public class ScoreBenchmark extends MicroBenchmark {
  private static final int TOP_K = 3;
  private static final double TEMPERATURE = 0.42;

  @Param({"10", "20", "50", "100"})
  private int labels;

  private final Scorer scorer =
      new Scorer(Calibration.of(TEMPERATURE), new ScoreSettings(TOP_K, 0));
  private final float[] values = Samples.VECTORS.get(500);
  private final FeatureVector features = FeatureVector.of(values);
  private AdaptedHead head;
  private float[] logits;

  /** Makes the head. */
  @Setup
  public void head() {
    head = Samples.head(labels);
    logits = new float[labels];
  }

  /** The adapted head's logits. */
  @Benchmark
  public float[] logits() {
    head.adapted().logits(values, logits);
    return logits;
  }

  /** Logits of both heads, probabilities, top-k. */
  @Benchmark
  public Optional<Score> score() {
    return scorer.score(head, features, Optional.empty());
  }
}
