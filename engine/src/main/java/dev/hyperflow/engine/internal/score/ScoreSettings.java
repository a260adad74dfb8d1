package dev.hyperflow.engine.internal.score;

/**
 * What an answer holds.
 *
 * @param topK maximum number of labels listed in an answer, at least 1
 * @param abstainBelow an answer whose best probability is below this abstains; 0…1, 0 never
 *     abstains
 * @param noneBelow an answer whose scope is below this says that the text belongs to none of the
 *     labels; 0…1, 0 never says so
 */
public record ScoreSettings(int topK, float abstainBelow, float noneBelow) {

  public ScoreSettings {
    if (topK < 1) {
      throw new IllegalArgumentException("topK: expected at least 1, found " + topK);
    }
    checkProbability("abstainBelow", abstainBelow);
    checkProbability("noneBelow", noneBelow);
  }

  /** Answers that always name one of the labels. */
  public ScoreSettings(int topK, float abstainBelow) {
    this(topK, abstainBelow, 0);
  }

  private static void checkProbability(String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + ": expected 0 to 1, found " + value);
    }
  }
}
