package dev.hyperflow.engine.internal.event;

import java.util.Optional;

/**
 * The settings in which a tenant differs from all others.
 *
 * @param examplesPerLabel maximum number of examples of a label
 * @param consistency which support events its queries see
 * @param abstainBelow probability below which its answers abstain, 0…1
 * @param pinned whether its head is kept decoded on the heap, however long it is not used
 */
public record TenantSettings(
    Optional<Integer> examplesPerLabel,
    Optional<Consistency> consistency,
    Optional<Float> abstainBelow,
    boolean pinned) {

  /** Everything as configured for all. */
  public static final TenantSettings DEFAULTS =
      new TenantSettings(Optional.empty(), Optional.empty(), Optional.empty(), false);
}
