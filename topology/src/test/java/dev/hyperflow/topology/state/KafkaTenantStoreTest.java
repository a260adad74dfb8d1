package dev.hyperflow.topology.state;

import dev.hyperflow.engine.remember.CachingTenantStore;
import dev.hyperflow.engine.remember.FeaturePrecision;
import dev.hyperflow.engine.remember.TenantStore;
import dev.hyperflow.engine.remember.TenantStoreContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract over real RocksDB stores. */
class KafkaTenantStoreTest extends TenantStoreContract {
  @TempDir Path directory;
  private final List<KeyValueStore<Bytes, byte[]>> stores =
      List.of(open("memory"), open("meta"), open("index"));
  private TenantStore store;

  @BeforeEach
  void openStores() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "contract");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(settings, new TaskId(0, 0), directory.toFile());
    stores.forEach(each -> each.init(context.getStateStoreContext(), each));
    store =
        new CachingTenantStore(
            new KafkaTenantStore(
                stores.get(0), stores.get(1), stores.get(2), FeaturePrecision.FLOAT32),
            1);
  }

  @AfterEach
  void closeStores() {
    stores.forEach(KeyValueStore::close);
  }

  @Override
  protected TenantStore store() {
    return store;
  }

  private static KeyValueStore<Bytes, byte[]> open(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .withCachingDisabled()
        .build();
  }
}
