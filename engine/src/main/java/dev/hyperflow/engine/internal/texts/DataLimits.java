package dev.hyperflow.engine.internal.texts;

/**
 * What a data file may hold, so that nothing of it is refused later.
 *
 * @param tenantLength longest tenant, characters
 * @param labelLength longest label, characters
 * @param textLength longest text, characters
 * @param labelsPerTenant most labels of a tenant
 */
public record DataLimits(int tenantLength, int labelLength, int textLength, int labelsPerTenant) {

  /** What the scenario adds to a tenant's name to make identifiers of its events. */
  private static final int IDENTIFIER_EXTRA = 20;

  /**
   * The limits that follow from those of the application.
   *
   * @param idLength its longest identifier, of a tenant or an event
   */
  public static DataLimits of(int idLength, int labelLength, int textLength, int labelsPerTenant) {
    return new DataLimits(idLength - IDENTIFIER_EXTRA, labelLength, textLength, labelsPerTenant);
  }
}
