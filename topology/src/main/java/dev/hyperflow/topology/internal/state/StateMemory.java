package dev.hyperflow.topology.internal.state;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native memory that many RocksDB stores share: one block cache, with the write buffers counted
 * against it. Safe for use by many threads. Never closed: stores come and go with their partitions,
 * and one that is still open would read freed memory.
 */
final class StateMemory {
  /*
   * Everything that RocksDB holds per store comes out of one cache: data blocks, index and filter
   * blocks, and, through the write buffer manager's placeholders, the write buffers. The capacity
   * is not strict. A strict cache answers a read or a flush that finds no room with an error
   * (facebook/rocksdb#5322, #8670), which would stop the application; this one goes over for as
   * long as blocks are pinned by open iterators. Outside of it are table readers, some kilobytes
   * per file, and what the allocator does not give back (facebook/rocksdb#10700).
   *
   * The write buffer manager can only make the store flush that is being written. When the buffers
   * of idle stores alone reach its limit, every put of any store is a flush: measured with 32 stores
   * and a limit of 2 MiB on a busy machine, 9 ms a put. So the limit must hold one full buffer of every open store; a
   * warning says when it does not.
   */
  private static final Logger LOG = LoggerFactory.getLogger(StateMemory.class);

  /** Few shards: the placeholders of 256 KiB must spread evenly over even a small cache. */
  private static final int SHARD_BITS = 2;

  /** Of the cache: kept for index and filter blocks, so that scans do not push them out. */
  private static final double HIGH_PRIORITY_RATIO = 0.2;

  private static final int WRITE_BUFFER_DIVISOR = 2;
  private static final long MEBIBYTE = 1 << 20;

  private static StateMemory shared;

  private final long capacityBytes;
  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private final AtomicInteger openStores = new AtomicInteger();
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Reserves nothing yet; memory is taken as stores fill it.
   *
   * @param megabytes its bound, MiB, at least 1; half of it is for write buffers
   */
  StateMemory(int megabytes) {
    RocksDB.loadLibrary();
    this.capacityBytes = megabytes * MEBIBYTE;
    this.cache = new LRUCache(capacityBytes, SHARD_BITS, false, HIGH_PRIORITY_RATIO);
    this.writeBuffers = new WriteBufferManager(capacityBytes / WRITE_BUFFER_DIVISOR, cache);
  }

  /**
   * The one memory of this process. Its size is that of the first call: RocksDB's Java binding
   * cannot resize a cache. A later call that asks for another size is told so in the log.
   */
  static synchronized StateMemory shared(int megabytes) {
    if (shared == null) {
      shared = new StateMemory(megabytes);
    } else if (shared.capacityBytes != megabytes * MEBIBYTE) {
      LOG.atWarn()
          .addKeyValue("askedMiB", megabytes)
          .addKeyValue("sharedMiB", shared.capacityBytes / MEBIBYTE)
          .log(
              "This process already shares memory of another size among its state stores. That size"
                  + " stays");
    }
    return shared;
  }

  /** The one memory of this process, if any store was opened. */
  static synchronized Optional<StateMemory> existing() {
    return Optional.ofNullable(shared);
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager writeBuffers() {
    return writeBuffers;
  }

  /** Counts a store in, and warns once when there are too many for the write buffers. */
  void storeOpened(long writeBufferBytes) {
    long wanted = openStores.incrementAndGet() * writeBufferBytes * WRITE_BUFFER_DIVISOR;
    if (wanted > capacityBytes && warned.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("openStores", openStores.get())
          .addKeyValue("sharedMiB", capacityBytes / MEBIBYTE)
          .addKeyValue("expectedMiB", wanted / MEBIBYTE)
          .log(
              "State stores share little memory and will flush often. Set state.memory-mb to at"
                  + " least 2 for every store and partition of this process");
    }
  }

  /** Counts a store out. */
  void storeClosed() {
    openStores.decrementAndGet();
  }

  /** How many stores share it now. */
  int openStores() {
    return openStores.get();
  }

  /** The bound, bytes. */
  long capacityBytes() {
    return capacityBytes;
  }

  /** What is taken now by blocks and write buffers, bytes. */
  long usedBytes() {
    return cache.getUsage();
  }
}
