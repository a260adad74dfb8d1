package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.heap.TenantCache;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.engine.internal.remember.TenantStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract over real RocksDB stores. */
class KafkaTenantStoreTest extends TenantStoreContract {
  @TempDir Path directory;
  private RocksDbStores stores;
  private TenantStore store;

  @BeforeEach
  void openStores() {
    stores = new RocksDbStores(directory);
    store =
        new TenantCache(() -> 1)
            .tenants(
                new KafkaTenantStore(
                    stores.open("memory"),
                    stores.open("meta"),
                    stores.open("index"),
                    FeaturePrecision.FLOAT32));
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @Override
  protected TenantStore store() {
    return store;
  }
}
