package dev.hyperflow.engine.internal.remember;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Where a tenant's memory is kept. One caller at a time; the entries of different tenants never
 * touch.
 */
public interface TenantStore {

  /** What is known of the tenant, {@link TenantMeta#EMPTY} when nothing is. */
  TenantMeta meta(String tenant);

  /** Replaces the tenant's meta record. */
  void putMeta(String tenant, TenantMeta meta);

  /** The example in a slot, empty when the slot is free. */
  Optional<Example> example(String tenant, Slot slot);

  /** Keeps an example, in the place of the one that was in the slot. */
  void putExample(String tenant, Slot slot, Example example);

  /** Frees a slot; does nothing when it is free. */
  void removeExample(String tenant, Slot slot);

  /** Hands over every example of the tenant, in no particular order. */
  void forEachExample(String tenant, BiConsumer<Slot, Example> action);

  /** The slot of the example that {@code eventId} added. */
  Optional<Slot> slotOf(String tenant, String eventId);

  /** Keeps the slot of the example that {@code eventId} added. */
  void putSlotOf(String tenant, String eventId, Slot slot);

  /** Forgets where the example of {@code eventId} was. */
  void removeSlotOf(String tenant, String eventId);

  /** Hands over the slot of every event id of the tenant, in no particular order. */
  void forEachSlotOf(String tenant, BiConsumer<String, Slot> action);

  /** Removes the tenant's meta record, its examples and its slots. */
  void removeTenant(String tenant);

  /**
   * The next tenants of which something is kept, in ascending order of their UTF-8 bytes.
   *
   * @param after the tenant to go on after, or empty to begin
   * @param most maximum number of tenants to give
   */
  List<String> tenants(Optional<String> after, int most);
}
