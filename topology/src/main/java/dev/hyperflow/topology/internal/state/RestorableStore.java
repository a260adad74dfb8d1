package dev.hyperflow.topology.internal.state;

import dev.hyperflow.models.internal.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RocksDB store that Kafka Streams deletes and restores from its changelog when its files are
 * damaged. Used by its task's stream thread; other threads may read.
 */
public final class RestorableStore implements KeyValueStore<Bytes, byte[]> {
  // Kafka Streams restores the whole task (StateRepair). Exactly once, it deletes the task's
  // directory. At least once it keeps the files, so the store deletes its own: at once
  // when they cannot be opened, otherwise when it is opened next, by a mark beside them.

  private static final Logger LOG = LoggerFactory.getLogger(RestorableStore.class);

  /** In the Streams configuration: whether damaged stores are restored, a {@link Boolean}. */
  public static final String RESTORE_DAMAGED = "hyperflow.state.restore-damaged";

  /** What the system says of a file that nobody can read. A full disk and a lock are no damage. */
  private static final List<String> UNREADABLE = List.of("Is a directory", "Input/output error");

  private final KeyValueStore<Bytes, byte[]> store;
  private StateStoreContext context;

  private RestorableStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Supplies stores of a name. */
  static KeyValueBytesStoreSupplier supplier(String name) {
    RocksDbLibrary.load();
    KeyValueBytesStoreSupplier plain = Stores.persistentKeyValueStore(name);
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new RestorableStore(plain.get());
      }

      @Override
      public String metricsScope() {
        return plain.metricsScope();
      }
    };
  }

  @Override
  public void init(StateStoreContext newContext, StateStore root) {
    context = newContext;
    if (Files.exists(mark())) {
      deleteFiles();
    }
    try {
      store.init(newContext, root);
    } catch (ProcessorStateException e) {
      if (mayRestore() && isDamageAtOpening(e)) {
        deleteFiles();
        note(e);
        throw new TaskCorruptedException(Set.of(context.taskId()), e);
      }
      throw e;
    }
  }

  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProcessorStateException e) {
      if (mayRestore() && isDamage(e)) {
        putMark(context.stateDir().toPath(), name());
        note(e);
        throw StateRepair.of(context.taskId(), context.appConfigs(), e);
      }
      throw e;
    }
  }

  private void guarded(Runnable work) {
    guarded(
        () -> {
          work.run();
          return null;
        });
  }

  private boolean mayRestore() {
    return StateRepair.isAllowed(context.appConfigs());
  }

  private void note(ProcessorStateException cause) {
    LOG.atWarn()
        .addKeyValue("store", name())
        .addKeyValue("task", context.taskId())
        .addKeyValue("cause", Causes.rootMessage(cause))
        .log("A file of the local state is damaged. The task restores it from its changelog");
  }

  private static boolean isDamage(Throwable thrown) {
    return saysRocksDb(thrown, UNREADABLE)
        || Causes.any(
            thrown,
            cause ->
                cause instanceof RocksDBException rocks
                    && code(rocks).filter(Status.Code.Corruption::equals).isPresent());
  }

  /** A file that is missing cannot be opened either. */
  private static boolean isDamageAtOpening(Throwable thrown) {
    return isDamage(thrown) || saysRocksDb(thrown, List.of("No such file"));
  }

  private static boolean saysRocksDb(Throwable thrown, List<String> words) {
    return Causes.any(
        thrown,
        cause ->
            cause instanceof RocksDBException
                && words.stream().anyMatch(String.valueOf(cause.getMessage())::contains));
  }

  private static Optional<Status.Code> code(RocksDBException thrown) {
    return Optional.ofNullable(thrown.getStatus()).map(Status::getCode);
  }

  private Path files() {
    return context.stateDir().toPath().resolve("rocksdb").resolve(name());
  }

  private Path mark() {
    return mark(context.stateDir().toPath(), name());
  }

  private static Path mark(Path ofTask, String store) {
    return ofTask.resolve("rocksdb").resolve(store + ".damaged");
  }

  /** Has a store of a task delete its files when it is opened next. */
  static void putMark(Path ofTask, String store) {
    try {
      Files.write(mark(ofTask, store), new byte[0]);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("A damaged store could not be marked");
    }
  }

  private void deleteFiles() {
    try {
      Utils.delete(files().toFile());
      Files.deleteIfExists(mark());
    } catch (IOException e) {
      throw new ProcessorStateException("cannot delete the damaged files in " + files(), e);
    }
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public void put(Bytes key, byte[] value) {
    guarded(() -> store.put(key, value));
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    return guarded(() -> store.putIfAbsent(key, value));
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    guarded(() -> store.putAll(entries));
  }

  @Override
  public byte[] delete(Bytes key) {
    return guarded(() -> store.delete(key));
  }

  @Override
  public byte[] get(Bytes key) {
    return guarded(() -> store.get(key));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return guarded(() -> store.range(from, to));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    return guarded(() -> store.reverseRange(from, to));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return guarded(store::all);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseAll() {
    return guarded(store::reverseAll);
  }

  @Override
  public <P extends Serializer<K>, K> KeyValueIterator<Bytes, byte[]> prefixScan(
      K prefix, P serializer) {
    return guarded(() -> store.prefixScan(prefix, serializer));
  }

  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    guarded(() -> store.commit(offsets));
  }

  @Override
  public Long committedOffset(TopicPartition partition) {
    return store.committedOffset(partition);
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka Streams still asks.
  public boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  @Override
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig settings) {
    return store.query(query, bound, settings);
  }

  @Override
  public Position getPosition() {
    return store.getPosition();
  }

  @Override
  public void close() {
    store.close();
  }
}
