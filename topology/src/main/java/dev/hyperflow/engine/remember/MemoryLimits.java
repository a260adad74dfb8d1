package dev.hyperflow.engine.remember;

/**
 * How much a tenant may have remembered.
 *
 * @param labelsPerTenant most labels, 1…200: beyond, a new label is refused
 * @param examplesPerLabel most examples of a label: beyond, the oldest arrival makes room
 */
public record MemoryLimits(int labelsPerTenant, int examplesPerLabel) {

  public MemoryLimits {
    if (labelsPerTenant < 1 || labelsPerTenant > 200) {
      throw new IllegalArgumentException(
          "labelsPerTenant: expected 1 to 200, found " + labelsPerTenant);
    }
    if (examplesPerLabel < 1) {
      throw new IllegalArgumentException(
          "examplesPerLabel: expected at least 1, found " + examplesPerLabel);
    }
  }
}
