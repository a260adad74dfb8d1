package dev.hyperflow.engine.internal.quality;

import java.util.Optional;

/** Where tenants' live quality is kept. One caller at a time. */
public interface QualityStore {

  /** The tenant's quality, if it was ever observed. */
  Optional<TenantQuality> quality(String tenant);

  /** Replaces the tenant's quality. */
  void putQuality(String tenant, TenantQuality quality);

  /** Removes the tenant's quality, and what else the store keeps of its activity. */
  void removeActivity(String tenant);
}
