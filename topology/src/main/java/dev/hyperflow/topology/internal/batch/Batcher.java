package dev.hyperflow.topology.internal.batch;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import dev.hyperflow.topology.internal.decode.LateDecoder;
import dev.hyperflow.topology.internal.decode.RegistryOutageException;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.state.Inbox;
import dev.hyperflow.topology.internal.state.InboxEntry;
import dev.hyperflow.topology.internal.state.NamePrefix;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Gathers events of a task into batches and hands each batch on, in the order of arrival, when it
 * is full or when its oldest event has waited long enough. A commit in between loses nothing. Where
 * events take long, batches become smaller, and what does not fit before the next commit waits for
 * it. Used by its task's stream thread only.
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
  //
  // A record whose schema the registry does not give now is decoded on another thread. What comes
  // after it in the task waits behind it, in the inbox as far as commits are concerned.
  //
  // A slow machine must not outlast the transaction: the tasks of a thread are worked on one after
  // the other before the thread can commit. So the budget says how many events may still be worked
  // off. The others stay in the inbox, also behind a gate, and a commit is asked for.
  //
  // An event that gains nothing from others goes on alone while nothing waits before it: the inbox
  // would only cost time. Such events have a pace of their own, which says nothing of what others
  // cost.

  private static final long MAX_BYTES = 8L << 20;

  /** So many batches may wait for a commit. More would fill the heap. */
  private static final int MAX_BATCHES = 4;

  /** So many records may wait for the schema registry. */
  private static final int MAX_UNDECODED = 10_000;

  private static final int SOON_MILLIS = 1;
  private static final int LATER_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 1_000;

  private final BatchSettings settings;
  private final ProcessorContext<?, ?> context;
  private final Inbox inbox;
  private final LateDecoder decoder;
  private final WorkBudget budget;
  private final WorkBudget.Pace pace;
  private final WorkBudget.Pace paceOfReady;
  private final Handler handler;
  private final boolean isTransactional;
  private final Deque<WaitingRecord> waiting = new ArrayDeque<>();
  private List<Integer> released = new ArrayList<>();
  private List<Integer> releasedBefore = new ArrayList<>();
  private long bytes;
  private Cancellable timer;
  private Throwable failure;

  private Batcher(
      BatchSettings settings,
      ProcessorContext<?, ?> context,
      Inbox inbox,
      LateDecoder decoder,
      WorkBudget budget,
      Handler handler) {
    this.settings = settings;
    this.context = context;
    this.inbox = inbox;
    this.decoder = decoder;
    this.budget = budget;
    this.pace = budget.pace();
    this.paceOfReady = budget.pace();
    this.handler = handler;
    this.isTransactional =
        StreamsConfig.EXACTLY_ONCE_V2.equals(
            context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
  }

  /** What takes batches. */
  public interface Handler {

    /** Takes a batch; may forward. */
    void handle(Batch batch);

    /** Whether an event costs as little alone as among others, so that it need not wait. */
    default boolean isReady(Event event) {
      return false;
    }
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
   * @param decoder decodes them again, and what could not be decoded yet; closed with the batcher
   * @param budget how long the task may work before a commit
   * @param handler takes the batches
   */
  public static Batcher open(
      BatchSettings settings,
      ProcessorContext<?, ?> context,
      NamePrefix prefix,
      LateDecoder decoder,
      WorkBudget budget,
      Handler handler) {
    Batcher batcher =
        new Batcher(settings, context, Inbox.open(context, prefix), decoder, budget, handler);
    batcher.restore();
    if (settings.durability() == Durability.GATE) {
      CommitGate.attach(context, prefix, batcher::beforeCommit);
    }
    return batcher;
  }

  private void restore() {
    long now = context.currentSystemTimeMs();
    CompletableFuture<LateDecoder.Late> last = null;
    for (InboxEntry entry : inbox.restore()) {
      last = decoder.decode(entry.source(), entry.headers());
      Record<byte[], Void> record =
          new Record<>(
              entry.source().key(),
              null,
              Math.min(entry.source().timestampMillis(), now),
              entry.headers());
      enqueue(
          WaitingRecord.undecoded(record, entry.source(), now, OptionalInt.of(entry.slot()), last));
    }
    if (last != null) {
      await(last);
      startTimer(SOON_MILLIS);
    }
  }

  /** Most often a registry answers, or need not be asked. */
  private static void await(CompletableFuture<?> decoded) {
    try {
      decoded.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The record goes on waiting, or fails when its turn comes.
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void enqueue(WaitingRecord record) {
    waiting.addLast(record);
    bytes += record.bytes();
  }

  /** Takes an event, decoded or not. */
  public void add(Record<byte[], PendingEvent> record) {
    requireNoFailure();
    enqueue(arrived(record));
    if (isAloneAndReady(record.value()) && paceOfReady.next(1) > 0) {
      handOn(1, paceOfReady);
      return;
    }
    boolean wasFull = isFull();
    if (wasFull) {
      workOff();
    }
    if (settings.durability() == Durability.INBOX) {
      keepRest();
    }
    if (!waiting.isEmpty() && timer == null) {
      startTimer(wasFull ? soonMillis() : settings.lingerMillis());
    }
  }

  private boolean isAloneAndReady(PendingEvent event) {
    return waiting.size() == 1 && event.isDecoded() && handler.isReady(event.event());
  }

  private WaitingRecord arrived(Record<byte[], PendingEvent> record) {
    long now = context.currentSystemTimeMs();
    if (record.value().isDecoded()) {
      return WaitingRecord.arrived(record, now);
    }
    requireRoom();
    SourceRecord source = record.value().source();
    return WaitingRecord.undecoded(
        record, source, now, OptionalInt.empty(), decoder.decode(source, record.headers()));
  }

  /** Beyond the bound, the task can only begin again at its last commit. */
  private void requireRoom() {
    boolean isFull = waiting.size() >= MAX_UNDECODED || bytes >= MAX_BYTES;
    if (isFull && !waiting.getFirst().isDecoded()) {
      throw RegistryOutageException.of(
          decoder.outage().orElse("the schema registry has not answered"));
    }
  }

  /** Hands on what waits, if anything does, as far as the time until the next commit allows. */
  public void drain() {
    requireNoFailure();
    workOff();
  }

  private void workOff() {
    for (int ready = ready(); ready > 0; ready = ready()) {
      int units = pace.next(ready);
      if (units == 0 && !isOverfull()) {
        context.commit();
        return;
      }
      handOn(Math.max(1, units), pace);
    }
  }

  /** The number of records that can join the next batch, and says why the others cannot. */
  private int ready() {
    int most = Math.min(waiting.size(), settings.size());
    int ready = 0;
    for (Iterator<WaitingRecord> next = waiting.iterator();
        ready < most && next.next().isDecoded(); ) {
      ready++;
    }
    budget.waits(ready == most ? Optional.empty() : decoder.outage());
    return ready;
  }

  private void handOn(int count, WorkBudget.Pace paceOfThem) {
    List<WaitingRecord> records = new ArrayList<>(count);
    Batch batch = new Batch(waiting.getFirst().arrivedMillis());
    Iterator<WaitingRecord> next = waiting.iterator();
    while (records.size() < count) {
      WaitingRecord record = next.next();
      if (!record.isDecoded()) {
        throw RegistryOutageException.of(
            "a record too large to wait: " + decoder.outage().orElse("no answer yet"));
      }
      record.join(batch);
      records.add(record);
    }
    try {
      paceOfThem.run(count, () -> handler.handle(batch));
      for (WaitingRecord record : records) {
        waiting.removeFirst();
        bytes -= record.bytes();
        record.slot().ifPresent(this::release);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  /*
   * Without transactions an output may be lost with the instance while the change of the inbox is
   * not. Behind a gate, where commits are seen, the inbox therefore lets go one commit later.
   */
  private void release(int slot) {
    if (isTransactional || settings.durability() == Durability.INBOX) {
      inbox.remove(slot);
    } else {
      released.add(slot);
    }
  }

  /** Puts what is left into the inbox. What does not fit there is worked off, whatever it takes. */
  private void keepRest() {
    int large = 0;
    int place = 0;
    for (WaitingRecord record : waiting) {
      place++;
      if (record.slot().isEmpty()) {
        OptionalInt slot = inbox.keep(record.source(), record.headers());
        slot.ifPresent(record::keptIn);
        large = slot.isPresent() ? large : place;
      }
    }
    while (large > 0) {
      int count = Math.min(large, settings.size());
      handOn(count, pace);
      large -= count;
    }
  }

  /** Behind a gate. */
  private void beforeCommit() {
    requireNoFailure();
    workOff();
    keepRest();
    releasedBefore.forEach(inbox::remove);
    releasedBefore = released;
    released = new ArrayList<>();
  }

  /**
   * Lets go of what waits, which the next batcher of the task will find in the inbox. Behind a gate
   * nothing else waits by then; if it did, a commit would fail rather than lose it.
   */
  @Override
  public void close() {
    long lost = waiting.stream().filter(record -> record.slot().isEmpty()).count();
    if (lost > 0 && settings.durability() == Durability.GATE && failure == null) {
      failure =
          new IllegalStateException(
              "batch: expected no waiting events at close, found %d".formatted(lost));
    }
    decoder.close();
    waiting.clear();
    bytes = 0;
    stopTimer();
  }

  private boolean isFull() {
    return !settings.gathers() || waiting.size() >= settings.size() || bytes >= MAX_BYTES;
  }

  /** Whether so much waits that it must be worked on, whatever it takes. */
  private boolean isOverfull() {
    return waiting.size() >= MAX_BATCHES * settings.size() || bytes >= MAX_BYTES;
  }

  private void startTimer(long millis) {
    timer =
        context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, this::onTimer);
  }

  private int soonMillis() {
    return waiting.getFirst().isDecoded() ? SOON_MILLIS : LATER_MILLIS;
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void onTimer(long nowMillis) {
    stopTimer();
    if (waiting.isEmpty()) {
      return;
    }
    long waited = Math.max(0, nowMillis - waiting.getFirst().arrivedMillis());
    if (waited < settings.lingerMillis()) {
      startTimer(settings.lingerMillis() - waited);
      return;
    }
    drain();
    if (!waiting.isEmpty()) {
      startTimer(soonMillis());
    }
  }

  private void requireNoFailure() {
    if (failure != null) {
      throw new StreamsException(
          "batch: expected a task without a failed batch, found one that failed earlier", failure);
    }
  }
}
