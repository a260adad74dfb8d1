package dev.hyperflow.engine.internal.score;

/**
 * What an answer holds.
 *
 * @param topK maximum number of labels listed in an answer, at least 1
 * @param abstainBelow an answer whose best probability is below this abstains; 0…1, 0 never
 *     abstains
 */
public record ScoreSettings(int topK, float abstainBelow) {

  public ScoreSettings {
    if (topK < 1) {
      throw new IllegalArgumentException("topK: expected at least 1, found " + topK);
    }
    if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
      throw new IllegalArgumentException("abstainBelow: expected 0 to 1, found " + abstainBelow);
    }
  }
}
