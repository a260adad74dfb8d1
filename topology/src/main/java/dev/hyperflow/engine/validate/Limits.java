package dev.hyperflow.engine.validate;

/**
 * What an event may ask for.
 *
 * @param idLength longest tenant, event or query id, in characters
 * @param labelLength longest label, in characters
 * @param textLength longest text, in characters
 * @param maxWeight largest example weight; weights are above 0
 */
public record Limits(int idLength, int labelLength, int textLength, float maxWeight) {

  public Limits {
    requirePositive("idLength", idLength);
    requirePositive("labelLength", labelLength);
    requirePositive("textLength", textLength);
    requirePositive("maxWeight", maxWeight);
  }

  private static void requirePositive(String field, float value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(field + ": expected a value above 0, found " + value);
    }
  }
}
