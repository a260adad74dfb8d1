package dev.hyperflow.engine.internal.texts;

/**
 * What a data file may hold, so that nothing of it is refused later.
 *
 * @param tenantLength maximum length of a tenant, characters
 * @param labelLength maximum length of a label, characters
 * @param textLength maximum length of a text, characters
 * @param labelsPerTenant maximum number of labels of a tenant
 */
public record DataLimits(int tenantLength, int labelLength, int textLength, int labelsPerTenant) {

  /** What the scenario adds to a tenant's name to make identifiers of its events. */
  private static final int IDENTIFIER_EXTRA = 20;

  /**
   * The limits that follow from those of the application.
   *
   * @param idLength the maximum length of its tenant and event ids
   */
  public static DataLimits of(int idLength, int labelLength, int textLength, int labelsPerTenant) {
    return new DataLimits(idLength - IDENTIFIER_EXTRA, labelLength, textLength, labelsPerTenant);
  }
}
