package dev.hyperflow.engine.internal.event;

import java.util.Optional;

/**
 * What a tenant has otherwise than configured for all.
 *
 * @param examplesPerLabel most examples remembered of a label
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
