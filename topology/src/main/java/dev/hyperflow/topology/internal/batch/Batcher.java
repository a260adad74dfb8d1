package dev.hyperflow.topology.internal.batch;

import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import dev.hyperflow.topology.internal.decode.InboxDecoder;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.state.Inbox;
import dev.hyperflow.topology.internal.state.InboxEntry;
import dev.hyperflow.topology.internal.state.NamePrefix;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Gathers events of a task into batches and hands each batch on, complete and in the order of
 * arrival, when it is full or when its oldest event has waited long enough. A commit in between
 * loses nothing. Used by its task's stream thread only.
 */
public final class Batcher implements AutoCloseable {
  // The timer runs only while something waits: every punctuation makes Kafka Streams commit, so one
  // that ran all the time would have an idle task commit all the time. It is not cancelled when a
  // batch fills up early, as cancelled timers stay in the task's queue until their time; it looks
  // at the batch that is there by then and is set again for the rest.
  //
  // A batch that failed is never handed on a second time: some of its events may have taken effect
  // in the stores. The failure is thrown again instead, also to a commit, until the task is built
  // anew from what was committed before.

  private static final long MAX_BYTES = 8L << 20;

  private final BatchSettings settings;
  private final ProcessorContext<?, ?> context;
  private final Inbox inbox;
  private final Consumer<Batch> handler;
  private Batch batch;
  private Cancellable timer;
  private Throwable failure;

  private Batcher(
      BatchSettings settings,
      ProcessorContext<?, ?> context,
      Inbox inbox,
      Consumer<Batch> handler) {
    this.settings = settings;
    this.context = context;
    this.inbox = inbox;
    this.handler = handler;
  }

  /**
   * The builders of the stores that a batcher needs. The inbox is there also behind a gate, for
   * what waited in it when the durability was changed.
   */
  public static Set<StoreBuilder<?>> stores(BatchSettings settings, NamePrefix prefix) {
    return settings.durability() == Durability.GATE
        ? Set.of(Inbox.builder(prefix, false), CommitGate.builder(prefix))
        : Set.of(Inbox.builder(prefix, settings.gathers()));
  }

  /**
   * The batcher of a task, with the events that waited when the task stopped. Call it from {@code
   * Processor.init}.
   *
   * @param prefix the one that the stores were built with
   * @param decoder decodes them again
   * @param handler takes batches; may forward
   */
  public static Batcher open(
      BatchSettings settings,
      ProcessorContext<?, ?> context,
      NamePrefix prefix,
      InboxDecoder decoder,
      Consumer<Batch> handler) {
    Batcher batcher = new Batcher(settings, context, Inbox.open(context, prefix), handler);
    batcher.restore(decoder);
    if (settings.durability() == Durability.GATE) {
      CommitGate.attach(context, prefix, batcher::drain);
    }
    return batcher;
  }

  private void restore(InboxDecoder decoder) {
    List<InboxEntry> entries = inbox.restore();
    if (entries.isEmpty()) {
      return;
    }
    batch = new Batch(context.currentSystemTimeMs());
    for (InboxEntry entry : entries) {
      Record<byte[], Void> record =
          new Record<>(
              entry.source().key(),
              null,
              Math.min(entry.source().timestampMillis(), context.currentSystemTimeMs()),
              entry.headers());
      decoder
          .decode(entry)
          .handle(
              event -> batch.add(record.withValue(new PendingEvent(event, entry.source()))),
              refusal -> batch.add(new Batch.Refused(record, entry.source(), refusal)));
    }
    startTimer(1);
  }

  /** Takes an event. */
  public void add(Record<byte[], PendingEvent> record) {
    requireNoFailure();
    if (batch == null) {
      batch = new Batch(context.currentSystemTimeMs());
    }
    batch.add(record);
    if (isFull() || !isSafe(record)) {
      drain();
    } else if (timer == null) {
      startTimer(settings.lingerMillis());
    }
  }

  /** Hands on what waits, if anything does. */
  public void drain() {
    requireNoFailure();
    if (batch == null) {
      return;
    }
    try {
      handler.accept(batch);
      inbox.clear();
      batch = null;
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Lets go of what waits, which the next batcher of the task will find in the inbox. Behind a gate
   * nothing waits by then; if it did, a commit would fail rather than lose it.
   */
  @Override
  public void close() {
    if (batch != null && settings.durability() == Durability.GATE && failure == null) {
      failure =
          new IllegalStateException(
              "batch: expected no waiting events at close, found %d".formatted(batch.size()));
    }
    batch = null;
    stopTimer();
  }

  private boolean isFull() {
    return !settings.gathers() || batch.size() >= settings.size() || batch.bytes() >= MAX_BYTES;
  }

  private boolean isSafe(Record<byte[], PendingEvent> record) {
    return settings.durability() == Durability.GATE
        || inbox.keep(record.value().source(), record.headers());
  }

  private void startTimer(long millis) {
    timer =
        context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, this::onTimer);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void onTimer(long nowMillis) {
    stopTimer();
    if (batch == null) {
      return;
    }
    long waited = Math.max(0, nowMillis - batch.oldestMillis());
    if (waited >= settings.lingerMillis()) {
      drain();
    } else {
      startTimer(settings.lingerMillis() - waited);
    }
  }

  private void requireNoFailure() {
    if (failure != null) {
      throw new StreamsException(
          "batch: expected a task without a failed batch, found one that failed earlier", failure);
    }
  }
}
