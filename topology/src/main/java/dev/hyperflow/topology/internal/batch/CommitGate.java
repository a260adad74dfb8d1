package dev.hyperflow.topology.internal.batch;

import dev.hyperflow.topology.internal.state.NamePrefix;
import dev.hyperflow.topology.internal.state.StoreNames;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A store that holds nothing. Kafka Streams flushes the caches of a task's stores before it commits
 * the task's offsets, and this store's "cache" is the batch. Used by its task's stream thread only.
 */
final class CommitGate implements StateStore, CachedStateStore<Object, Object> {
  // Only this class and Inbox use internals of Kafka Streams. CommitGateContractTest holds Kafka to
  // what it relies on: flushCache() runs in StreamTask.prepareCommit, before the producer is
  // flushed and offsets are committed, and a record forwarded from it belongs to that commit.
  // Stores of a processor are flushed in no particular order, so no store that a drain writes may
  // be cached. flushCache() also runs on a dirty close; what is drained then is rolled back or, at
  // least once, repeated. No public hook comes before the commit of offsets (KIP-311 and KIP-408
  // are dead).

  private final String name;
  private InternalProcessorContext<?, ?> context;
  private ProcessorNode<?, ?, ?, ?> node;
  private Runnable drain;
  private boolean open;

  private CommitGate(String name) {
    this.name = name;
  }

  /** The builder of the store. */
  static StoreBuilder<CommitGate> builder(NamePrefix prefix) {
    return new Builder(prefix.name(StoreNames.COMMIT_GATE));
  }

  /**
   * Makes the gate of a task drain before its commits.
   *
   * @param context the context of a processor that is being initialised
   * @param prefix the one that the gate was built with
   * @param drain forwards from that processor's node; must not drain again after it has failed
   */
  static void attach(ProcessorContext<?, ?> context, NamePrefix prefix, Runnable drain) {
    CommitGate gate = context.getStateStore(prefix.name(StoreNames.COMMIT_GATE));
    gate.context = (InternalProcessorContext<?, ?>) context;
    gate.node = gate.context.currentNode();
    gate.drain = drain;
  }

  @Override
  public void flushCache() {
    if (drain == null) {
      return;
    }
    ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
    ProcessorRecordContext recordBefore = context.recordContext();
    context.setCurrentNode(node);
    context.setRecordContext(
        new ProcessorRecordContext(
            context.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
    try {
      drain.run();
    } finally {
      context.setCurrentNode(nodeBefore);
      context.setRecordContext(recordBefore);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext storeContext, StateStore root) {
    storeContext.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    drain = null;
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {
    // Called before a standby's store is written directly; there is nothing to be out of date.
  }

  private static final class Builder implements StoreBuilder<CommitGate> {
    private final String name;

    Builder(String name) {
      this.name = name;
    }

    @Override
    public StoreBuilder<CommitGate> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitGate> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitGate> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException(
          name + ": expected no logging, because it holds nothing");
    }

    @Override
    public StoreBuilder<CommitGate> withLoggingDisabled() {
      return this;
    }

    @Override
    public CommitGate build() {
      return new CommitGate(name);
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return name;
    }
  }
}
