package dev.hyperflow.topology.internal.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import dev.hyperflow.topology.internal.decode.InboxDecoder;
import dev.hyperflow.topology.internal.decode.LateDecoder;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.state.NamePrefix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batcher over a real inbox, with a clock that the test moves. */
class BatcherTest {
  private static final long START = 1_700_000_000_000L;
  private static final int LINGER = 10;
  private static final BatchSettings THREE = settings(3, LINGER);
  private static final int TOO_LARGE_FOR_THE_INBOX = 512 * 1024;

  @TempDir Path directory;
  private final List<List<String>> batches = new ArrayList<>();
  private final List<List<Batch.Refused>> refused = new ArrayList<>();
  private MockProcessorContext<Void, Void> context;
  private StateStore inbox;
  private final IdentityHashMap<CapturedPunctuator, Long> firstSeen = new IdentityHashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final WorkBudgets budgets = new WorkBudgets(nanos::get, Duration.ofSeconds(4));
  private long now = START;

  @BeforeEach
  void openStore() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "batcher");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    context = new MockProcessorContext<>(settings, new TaskId(0, 0), directory.toFile());
    context.setCurrentSystemTimeMs(START);
    StoreBuilder<?> builder = Batcher.stores(THREE, NamePrefix.NONE).iterator().next();
    inbox = builder.withLoggingDisabled().withCachingDisabled().build();
    inbox.init(context.getStateStoreContext(), inbox);
  }

  @AfterEach
  void closeStore() {
    inbox.close();
  }

  @Test
  void shouldHandOnAFullBatchInTheOrderOfArrival() {
    Batcher batcher = open(THREE);

    add(batcher, "a", "b");
    assertThat(batches).isEmpty();
    add(batcher, "c", "d");

    assertThat(batches).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void shouldHandOnWhatHasWaitedLongEnough() {
    Batcher batcher = open(THREE);
    add(batcher, "a");
    passTime(4);
    add(batcher, "b");

    passTime(LINGER - 4 - 1);
    assertThat(batches).isEmpty();
    passTime(1);

    assertThat(batches).containsExactly(List.of("a", "b"));
  }

  @Test
  void shouldLetALaterBatchWaitForItsOwnTime() {
    // Given a timer that was set for a batch that filled up before
    Batcher batcher = open(THREE);
    add(batcher, "a", "b", "c");
    add(batcher, "d");
    batches.clear();
    passTime(6);
    add(batcher, "e", "f");
    assertThat(batches).containsExactly(List.of("d", "e", "f"));
    add(batcher, "g");

    // When it fires
    passTime(LINGER - 6);
    assertThat(batches).hasSize(1);
    passTime(6);

    // Then the new batch has waited as long as the old one would have
    assertThat(batches).containsExactly(List.of("d", "e", "f"), List.of("g"));
  }

  @Test
  void shouldSetATimerOnlyWhileSomethingWaits() {
    Batcher batcher = open(THREE);
    assertThat(timers()).isZero();

    add(batcher, "a");
    assertThat(timers()).isEqualTo(1);
    passTime(LINGER);
    passTime(LINGER);

    assertThat(timers()).isZero();
    assertThat(batches).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "64, 0", "1, 0"})
  void shouldHandOnEveryEventByItselfWhenNothingMayWait(int size, int linger) {
    Batcher batcher = open(settings(size, linger));

    add(batcher, "a", "b");

    assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    assertThat(timers()).isZero();
  }

  @Test
  void shouldHandOnAtOnceWhatNeedNotWait() {
    Batcher batcher = openReady();

    add(batcher, "ready-1", "ready-2");

    assertThat(batches).containsExactly(List.of("ready-1"), List.of("ready-2"));
    assertThat(timers()).isZero();
  }

  @Test
  void shouldNotLetWhatNeedNotWaitOvertakeWhatWaits() {
    Batcher batcher = openReady();

    add(batcher, "a", "ready-1");
    assertThat(batches).isEmpty();
    passTime(LINGER);

    assertThat(batches).containsExactly(List.of("a", "ready-1"));
  }

  @Test
  void shouldLeaveWhatNeedNotWaitForAfterTheNextCommitWhenTimeRunsOut() {
    // Given events that take a second each, and four seconds until a commit
    Batcher batcher = openReady();

    // When
    add(batcher, "ready-1", "ready-2", "ready-3", "ready-4", "ready-5");
    batcher.close();

    // Then the last one is in the inbox
    assertThat(batches).hasSize(4);
    commits.incrementAndGet();
    open(THREE);
    passTime(LINGER);
    assertThat(batches).hasSize(5).endsWith(List.of("ready-5"));
  }

  @Test
  void shouldHandOnARecordAtOnceThatTheInboxCannotKeep() {
    Batcher batcher = open(THREE);
    add(batcher, "a");

    batcher.add(record("large", TOO_LARGE_FOR_THE_INBOX));

    assertThat(batches).containsExactly(List.of("a", "large"));
  }

  @Test
  void shouldHandOnABatchOfManyBytes() {
    Batcher batcher = open(settings(4_096, LINGER));
    int half = TOO_LARGE_FOR_THE_INBOX - 1_024;
    int fit = (8 << 20) / half;

    for (int i = 0; i < fit; i++) {
      batcher.add(record("r" + i, half));
    }
    assertThat(batches).isEmpty();
    batcher.add(record("last", half));

    assertThat(batches.stream().flatMap(List::stream)).hasSize(fit + 1).endsWith("last");
  }

  @Test
  void shouldHandOnNothingWhenNothingWaits() {
    Batcher batcher = open(THREE);

    batcher.drain();

    assertThat(batches).isEmpty();
  }

  @Test
  void shouldFindWhatWaitedWhenItsTaskStopped() {
    // Given
    Batcher stopped = open(THREE);
    add(stopped, "a", "b");
    stopped.close();
    assertThat(batches).isEmpty();

    // When
    Batcher batcher = open(THREE);
    await("what waited is decoded again")
        .untilAsserted(
            () -> {
              passTime(LINGER);
              assertThat(batches).isNotEmpty();
            });

    // Then
    assertThat(batches).containsExactly(List.of("a", "b"));
    batcher.close();
    open(THREE);
    passTime(LINGER);
    assertThat(batches).hasSize(1);
  }

  @Test
  void shouldPutWhatArrivesBehindWhatWaited() {
    Batcher stopped = open(THREE);
    add(stopped, "a", "b");
    stopped.close();

    add(open(THREE), "c");

    assertThat(batches).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void shouldHandOnWhatItCannotDecodeAnyMore() {
    Batcher stopped = open(THREE);
    stopped.add(record("a", 1, "a-topic-of-before"));
    add(stopped, "b");
    stopped.close();

    open(THREE);
    passTime(LINGER);

    assertThat(batches).containsExactly(List.of("b"));
    assertThat(refused.get(0))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.source().topic()).isEqualTo("a-topic-of-before");
              assertThat(record.rejection().reason()).isEqualTo(Reason.UNDECODABLE);
              assertThat(record.record().key()).isEqualTo("tenant".getBytes(UTF_8));
            });
  }

  @Test
  void shouldNeverHandOnABatchThatFailedASecondTime() {
    // Given
    RuntimeException failure = new IllegalStateException("store closed");
    List<Batch> tried = new ArrayList<>();
    Batcher batcher =
        open(
            THREE,
            batch -> {
              tried.add(batch);
              throw failure;
            });
    add(batcher, "a", "b");

    // When
    assertThatThrownBy(() -> add(batcher, "c")).isSameAs(failure);

    // Then
    assertThatThrownBy(batcher::drain)
        .isInstanceOf(StreamsException.class)
        .hasMessageContaining("failed earlier")
        .hasCause(failure);
    assertThatThrownBy(() -> add(batcher, "d")).isInstanceOf(StreamsException.class);
    assertThat(tried).hasSize(1);
  }

  @Test
  void shouldLeaveWhatWaitedForTheNextTaskWhenABatchFails() {
    Batcher failing =
        open(
            THREE,
            batch -> {
              throw new IllegalStateException("store closed");
            });
    add(failing, "a", "b");
    assertThatThrownBy(() -> add(failing, "c")).isInstanceOf(IllegalStateException.class);
    failing.close();

    // The record that filled the batch was not committed: the next task reads it again.
    open(THREE);
    passTime(LINGER);

    assertThat(batches).containsExactly(List.of("a", "b"));
  }

  @Test
  void shouldLeaveWhatWouldTakeTooLongForAfterTheNextCommit() {
    // Given events that take a second each, and four seconds until a commit
    Batcher batcher = openSlow(settings(10, LINGER));

    // When
    add(batcher, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    passTime(10 * LINGER);

    // Then
    assertThat(batches).containsExactly(List.of("a", "b", "c", "d"));
    assertThat(context.committed()).isTrue();
    commits.incrementAndGet();
    passTime(1);
    assertThat(batches).endsWith(List.of("e", "f", "g", "h"));
    commits.incrementAndGet();
    passTime(1);
    assertThat(batches).hasSize(3).endsWith(List.of("i", "j"));
    assertThat(timers()).isZero();
  }

  @Test
  void shouldHandOnOnlyTheRestAfterARestart() {
    Batcher stopped = openSlow(settings(6, LINGER));
    add(stopped, "a", "b", "c", "d", "e", "f");
    stopped.close();
    commits.incrementAndGet();

    add(open(settings(6, LINGER)), "g");
    passTime(LINGER);

    assertThat(batches).containsExactly(List.of("a", "b", "c", "d"), List.of("e", "f", "g"));
  }

  @Test
  void shouldLetNoMoreThanAFewBatchesWait() {
    Batcher batcher = openSlow(settings(4, LINGER));

    for (int i = 0; i < 40; i++) {
      add(batcher, "e" + i);
    }

    assertThat(batches.stream().mapToInt(List::size).sum()).isBetween(40 - 16, 40 - 12);
    assertThat(batches.stream().flatMap(List::stream)).startsWith("e0", "e1", "e2", "e3", "e4");
  }

  @Test
  void shouldHandOnAtOnceWhatTheInboxCannotKeepHoweverLongItTakes() {
    Batcher batcher = openSlow(settings(8, LINGER));
    add(batcher, "a", "b", "c", "d", "e", "f", "g", "h");

    batcher.add(record("large", TOO_LARGE_FOR_THE_INBOX));

    assertThat(batches)
        .containsExactly(List.of("a", "b", "c", "d"), List.of("e", "f", "g", "h", "large"));
  }

  private Batcher openSlow(BatchSettings settings) {
    return open(
        settings,
        batch -> {
          batches.add(batch.events().stream().map(BatcherTest::id).toList());
          nanos.addAndGet(Duration.ofSeconds(batch.size()).toNanos());
        });
  }

  private static BatchSettings settings(int size, int lingerMillis) {
    return new BatchSettings(size, lingerMillis, Durability.INBOX);
  }

  private Batcher open(BatchSettings settings) {
    return open(
        settings,
        batch -> {
          batches.add(batch.events().stream().map(BatcherTest::id).toList());
          refused.add(List.copyOf(batch.refused()));
        });
  }

  /** One to which some events are ready, and a second goes by with every event. */
  private Batcher openReady() {
    return open(
        THREE,
        new Batcher.Handler() {
          @Override
          public void handle(Batch batch) {
            batches.add(batch.events().stream().map(BatcherTest::id).toList());
            nanos.addAndGet(Duration.ofSeconds(batch.size()).toNanos());
          }

          @Override
          public boolean isReady(Event event) {
            return id(event).startsWith("ready");
          }
        });
  }

  private Batcher open(BatchSettings settings, Batcher.Handler handler) {
    LateDecoder decoder =
        new LateDecoder(
            "0_0",
            () -> new InboxDecoder("support", "queries", BatcherTest::deserializer, Map.of()));
    WorkBudget budget = budgets.join("0_0", Optional.of(commits::get));
    return Batcher.open(settings, context, NamePrefix.NONE, decoder, budget, handler);
  }

  private static String id(Event event) {
    return ((Event.Retract) event).eventId();
  }

  /** The value of a record is the id of the example that it retracts, then padding. */
  private static Deserializer<?> deserializer() {
    return (topic, bytes) ->
        SupportEvent.newBuilder()
            .setEventId("")
            .setOperation(SupportOperation.RETRACT)
            .setTargetEventId(new String(bytes, UTF_8).strip())
            .build();
  }

  private static void add(Batcher batcher, String... ids) {
    for (String id : ids) {
      batcher.add(record(id, id.length()));
    }
  }

  private static Record<byte[], PendingEvent> record(String id, int bytes) {
    return record(id, bytes, "support");
  }

  private static Record<byte[], PendingEvent> record(String id, int bytes, String topic) {
    byte[] key = "tenant".getBytes(UTF_8);
    byte[] value = (id + " ".repeat(bytes - id.length())).getBytes(UTF_8);
    SourceRecord source = new SourceRecord(topic, 0, 0, START, key, value);
    return new Record<>(
        key,
        new PendingEvent(new Event.Retract("tenant", START, id), source),
        START,
        new RecordHeaders());
  }

  private long timers() {
    return context.scheduledPunctuators().stream().filter(timer -> !timer.cancelled()).count();
  }

  /** Lets the clock run, and fires the timers that fall due, as a task does. */
  private void passTime(long millis) {
    for (long end = now + millis; now < end; ) {
      now++;
      context.setCurrentSystemTimeMs(now);
      for (CapturedPunctuator timer : List.copyOf(context.scheduledPunctuators())) {
        assertThat(timer.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
        if (!timer.cancelled() && isDue(timer)) {
          timer.getPunctuator().punctuate(now);
        }
      }
    }
  }

  private boolean isDue(CapturedPunctuator timer) {
    long since = firstSeen.computeIfAbsent(timer, any -> now - 1);
    return now - since >= timer.getInterval().toMillis();
  }
}
