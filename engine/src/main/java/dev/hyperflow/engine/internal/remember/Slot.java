package dev.hyperflow.engine.internal.remember;

/**
 * Where an example is kept: a place in the ring of a label, or beside it for a description.
 *
 * @param labelId the tenant's number of the label, never reused for another label
 * @param place 0 … examples per label − 1, or {@link #DESCRIPTION}
 */
public record Slot(int labelId, int place) {

  /** The place of a label's description, which is outside its ring. */
  public static final int DESCRIPTION = -1;

  boolean isDescription() {
    return place == DESCRIPTION;
  }
}
