package dev.hyperflow.engine.internal.quality;

import java.util.Optional;

/** Where tenants' live quality is kept. One caller at a time. */
public interface QualityStore {

  /** The tenant's quality, if it was ever observed. */
  Optional<TenantQuality> quality(String tenant);

  /** Keeps a tenant's quality. */
  void putQuality(String tenant, TenantQuality quality);

  /** Forgets all of a tenant's activity. */
  void removeActivity(String tenant);
}
