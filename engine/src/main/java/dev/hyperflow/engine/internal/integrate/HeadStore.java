package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import java.util.Optional;
import java.util.Set;

/**
 * A cache of heads, one per tenant and bundle: whatever it loses is integrated again. One caller at
 * a time.
 *
 * <p>A head found here may be stale; {@link BundleHeads} checks.
 */
public interface HeadStore {

  /** The last head that a bundle made for the tenant. */
  Optional<KeptHead> get(String tenant, String bundleId);

  /** Keeps a head, in the place of the last one of its bundle. */
  void put(String tenant, AdaptedHead head);

  /** Drops the head that a bundle made for the tenant. */
  void remove(String tenant, String bundleId);

  /** Drops the tenant's heads of all bundles but these. */
  void retain(String tenant, Set<String> bundleIds);
}
