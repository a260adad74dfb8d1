package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BoundedRocksDbMemoryTest {
  private static final int MEBIBYTES = 32;
  private static final int STORES = 4;
  private static final int PARTITIONS = 4;
  private static final int TENANTS = 10;
  private static final int ENTRIES_PER_TENANT = 300;
  private static final int VALUE_BYTES = 1_536;

  /** As docs/operations.md says. */
  private static final int MAX_EMPTY_KIB = 128;

  /** The cache goes over its capacity while blocks are pinned, and charges in steps of 256 KiB. */
  private static final double TOLERANCE = 1.1;

  @TempDir Path directory;
  private final List<KeyValueStore<Bytes, byte[]>> open = new ArrayList<>();

  /** Shares a small memory of this test alone: other tests may leave stores in the process's. */
  public static final class SmallMemory extends BoundedRocksDbMemory {
    static final StateMemory MEMORY = new StateMemory(MEBIBYTES);

    @Override
    StateMemory memory(Map<String, Object> configs) {
      return MEMORY;
    }
  }

  @Test
  void shouldKeepManyStoresUnderOneBound() {
    // Given 16 stores that are given 70 MB, twice the bound
    StateMemory memory = SmallMemory.MEMORY;
    openAll(SmallMemory.class);
    SplittableRandom random = new SplittableRandom(1);
    long peak = 0;
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      for (KeyValueStore<Bytes, byte[]> store : open) {
        for (int entry = 0; entry < ENTRIES_PER_TENANT; entry++) {
          store.put(key(tenant, entry), value(tenant, entry));
          peak = Math.max(peak, memory.usedBytes());
        }
      }
    }

    // When they are read at random, by key and by prefix
    for (int i = 0; i < 3_000; i++) {
      KeyValueStore<Bytes, byte[]> store = open.get(random.nextInt(open.size()));
      int tenant = random.nextInt(TENANTS);
      int entry = random.nextInt(ENTRIES_PER_TENANT);
      assertThat(store.get(key(tenant, entry))).isEqualTo(value(tenant, entry));
      peak = Math.max(peak, memory.usedBytes());
    }
    for (KeyValueStore<Bytes, byte[]> store : open) {
      assertThat(count(store, random.nextInt(TENANTS))).isEqualTo(ENTRIES_PER_TENANT);
      peak = Math.max(peak, memory.usedBytes());
    }

    // Then the memory is used and its bound held
    assertThat(memory.capacityBytes()).isEqualTo(MEBIBYTES << 20);
    assertThat((double) peak)
        .isGreaterThan(memory.capacityBytes() / 2.0)
        .isLessThan(memory.capacityBytes() * TOLERANCE);

    // And it is still there for the stores that are opened after others were closed
    closeAll();
    openAll(SmallMemory.class);
    for (KeyValueStore<Bytes, byte[]> store : open) {
      assertThat(count(store, 0)).isEqualTo(ENTRIES_PER_TENANT);
    }
    assertThat((double) memory.usedBytes())
        .isPositive()
        .isLessThan(memory.capacityBytes() * TOLERANCE);
    closeAll();
  }

  @Test
  void shouldShareOneMemoryInTheProcess() {
    // Given two configurations that ask for different sizes, as of two applications in one process
    StateMemory first = StateMemory.shared(64);

    assertThat(StateMemory.shared(32)).isSameAs(first);

    // When a store asks for the memory of its configuration, then it gets the one that is there
    BoundedRocksDbMemory setter = new BoundedRocksDbMemory();
    assertThat(setter.memory(Map.of(BoundedRocksDbMemory.MEMORY_MB, 16))).isSameAs(first);
    assertThat(setter.memory(Map.of())).isSameAs(first);
  }

  @Test
  void shouldCountTheStoresThatShareIt() {
    // Given stores that are opened as the application would
    StateMemory memory = SmallMemory.MEMORY;
    long before = memory.usedBytes();
    openAll(SmallMemory.class);

    // When each gets its first entry
    for (KeyValueStore<Bytes, byte[]> store : open) {
      store.put(key(0, 0), value(0, 0));
    }

    // Then they take their write buffers from there, until they close
    assertThat(memory.usedBytes()).isGreaterThan(before);
    assertThat(memory.openStores()).isEqualTo(STORES * PARTITIONS);
    closeAll();
    assertThat(memory.openStores()).isZero();
  }

  /** Counts blocks on the disk, because files may take space before they have content. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldTakeLittleDiskForEmptyStores() throws Exception {
    openAll(SmallMemory.class);

    Process du = new ProcessBuilder("du", "-sk", directory.toString()).start();
    String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    closeAll();

    long kibibytes = Long.parseLong(line.substring(0, line.indexOf('\t')));
    assertThat(kibibytes / (STORES * PARTITIONS)).as("KiB of a store").isLessThan(MAX_EMPTY_KIB);
  }

  @Test
  void shouldBeConfiguredUnlessTheUserNamesAnother() {
    Map<String, String> minimal =
        Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081");
    assertThat(ApplicationConfig.of(minimal).streams())
        .containsEntry(
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDbMemory.class.getName())
        .containsEntry(BoundedRocksDbMemory.MEMORY_MB, BoundedRocksDbMemory.DEFAULT_MEMORY_MB);

    Map<String, String> own = new java.util.HashMap<>(minimal);
    own.put("kafka.rocksdb.config.setter", SmallMemory.class.getName());
    own.put("state.memory-mb", "64");
    assertThat(ApplicationConfig.of(own).streams())
        .containsEntry(
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallMemory.class.getName())
        .containsEntry(BoundedRocksDbMemory.MEMORY_MB, 64);
  }

  private void openAll(Class<? extends RocksDBConfigSetter> setter) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bounded");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, setter.getName());
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Path task = directory.resolve(setter.getSimpleName() + "-" + partition);
      MockProcessorContext<Void, Void> context =
          new MockProcessorContext<>(settings, new TaskId(0, partition), task.toFile());
      for (int i = 0; i < STORES; i++) {
        KeyValueStore<Bytes, byte[]> store = Stores.persistentKeyValueStore("store-" + i).get();
        store.init(context.getStateStoreContext(), store);
        open.add(store);
      }
    }
  }

  private void closeAll() {
    open.forEach(KeyValueStore::close);
    open.clear();
  }

  private static int count(KeyValueStore<Bytes, byte[]> store, int tenant) {
    int count = 0;
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.prefixScan(prefix(tenant), new ByteArraySerializer())) {
      while (entries.hasNext()) {
        entries.next();
        count++;
      }
    }
    return count;
  }

  private static byte[] prefix(int tenant) {
    return "tenant-%04d|".formatted(tenant).getBytes(StandardCharsets.UTF_8);
  }

  private static Bytes key(int tenant, int entry) {
    byte[] prefix = prefix(tenant);
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Integer.BYTES).put(prefix).putInt(entry).array());
  }

  private static byte[] value(int tenant, int entry) {
    byte[] value = new byte[VALUE_BYTES];
    ByteBuffer.wrap(value).putInt(tenant).putInt(entry);
    return value;
  }
}
