package dev.hyperflow.topology.internal.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/**
 * Bounds the native memory of all RocksDB stores of the process together, however many partitions
 * and Kafka Streams instances it has, and the disk that an empty store takes. Kafka Streams makes
 * one of these per store, by name.
 */
public class BoundedRocksDbMemory implements RocksDBConfigSetter {
  /*
   * By default every store of every partition has a block cache of 50 MB, three write buffers of
   * 16 MB, and index and filter blocks without bound. Here:
   *  - small write buffers in small arena blocks, so that idle stores with a little data do not
   *    use up the share of all, see StateMemory;
   *  - index and filter blocks in the cache, at high priority, but not pinned: pinned ones would
   *    defeat the bound as the number of files grows. The price is that a store that was not used
   *    for long reads them again;
   *  - blocks of 16 KiB: a tenant's examples, 0.4 to 3 KB each, lie side by side and are read
   *    together by prefix, and the index gets a quarter as large.
   * Kafka's bloom filter on whole keys stays, for the gets by event id and slot. The table
   * configuration is changed, not replaced: Kafka's metrics need its own class. The 50 MB cache
   * that Kafka makes first stays empty and is closed by the store.
   */

  /** In the Streams configuration: the bound, MiB, an {@link Integer}. */
  public static final String MEMORY_MB = "hyperflow.state.memory-mb";

  /** The bound when {@link #MEMORY_MB} is not there, MiB. */
  public static final int DEFAULT_MEMORY_MB = 256;

  private static final long WRITE_BUFFER_BYTES = 1 << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final long ARENA_BLOCK_BYTES = 64 << 10;
  private static final long BLOCK_BYTES = 16 << 10;

  /** What a store's manifest takes in advance: RocksDB's 4 MiB would be most of a small store. */
  private static final long MANIFEST_BYTES = 64 << 10;

  private StateMemory memory;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    memory = memory(configs);
    share(memory, options);
    memory.storeOpened(WRITE_BUFFER_BYTES);
  }

  /** The memory that the store shall share. */
  StateMemory memory(Map<String, Object> configs) {
    Object megabytes = configs.getOrDefault(MEMORY_MB, DEFAULT_MEMORY_MB);
    return StateMemory.shared(Integer.parseInt(megabytes.toString()));
  }

  /**
   * What the stores of this process hold of their bound now, bytes; 0 before the first one opened.
   */
  public static long usedBytes() {
    return StateMemory.existing().map(StateMemory::usedBytes).orElse(0L);
  }

  /** The bound that the stores of this process share, bytes; 0 before the first one opened. */
  public static long capacityBytes() {
    return StateMemory.existing().map(StateMemory::capacityBytes).orElse(0L);
  }

  private static void share(StateMemory memory, Options options) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    table.setBlockSize(BLOCK_BYTES);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinL0FilterAndIndexBlocksInCache(false);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers());
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setArenaBlockSize(ARENA_BLOCK_BYTES);
    options.setManifestPreallocationSize(MANIFEST_BYTES);
  }

  /** Frees nothing: what is shared belongs to no store. */
  @Override
  public void close(String storeName, Options options) {
    memory.storeClosed();
  }
}
