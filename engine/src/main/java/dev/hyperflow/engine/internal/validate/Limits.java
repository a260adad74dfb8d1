package dev.hyperflow.engine.internal.validate;

import dev.hyperflow.models.internal.SupportSet;

/**
 * What an event may ask for.
 *
 * @param idLength maximum length of a tenant, event or query id, in characters
 * @param labelLength maximum length of a label, in characters
 * @param textLength maximum length of a text, in characters
 * @param featureDimension maximum number of features of a payload
 * @param maxWeight maximum weight of an example; weights are above 0 and at most {@link
 *     SupportSet#MAX_WEIGHT}
 * @param longTexts what becomes of a longer text
 */
public record Limits(
    int idLength,
    int labelLength,
    int textLength,
    int featureDimension,
    float maxWeight,
    LongTexts longTexts) {

  /** Limits that refuse a text that is too long. */
  public Limits(
      int idLength, int labelLength, int textLength, int featureDimension, float maxWeight) {
    this(idLength, labelLength, textLength, featureDimension, maxWeight, LongTexts.REFUSE);
  }

  public Limits {
    requirePositive("idLength", idLength);
    requirePositive("labelLength", labelLength);
    requirePositive("textLength", textLength);
    requirePositive("featureDimension", featureDimension);
    requirePositive("maxWeight", maxWeight);
    if (maxWeight > SupportSet.MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "maxWeight: expected at most %s, found %s".formatted(SupportSet.MAX_WEIGHT, maxWeight));
    }
  }

  /** Maximum length of a text that is not refused, in characters; a longer one may be cut. */
  public int longestText() {
    return longTexts == LongTexts.REFUSE ? textLength : Integer.MAX_VALUE;
  }

  private static void requirePositive(String field, float value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(field + ": expected a value above 0, found " + value);
    }
  }
}
