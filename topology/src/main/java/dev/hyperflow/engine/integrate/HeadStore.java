package dev.hyperflow.engine.integrate;

import dev.hyperflow.engine.event.AdaptedHead;
import java.util.Optional;

/**
 * A cache of heads: whatever it loses is integrated again. One caller at a time.
 *
 * <p>A head found here may be stale; {@link HeadKeeper} checks.
 */
public interface HeadStore {

  /** The last head kept for the tenant. */
  Optional<AdaptedHead> get(String tenant);

  /** Keeps a head. */
  void put(String tenant, AdaptedHead head);

  /** Drops the tenant's head. */
  void remove(String tenant);
}
