package dev.hyperflow.demo;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.scenario.ScenarioStep;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the steps of a scenario that are not sent yet, in order, each when it is due and there is
 * room for it.
 *
 * <p>Owns one thread, {@code demo-driver}, and its producer, from {@link #start} to {@link #close}.
 */
final class ScenarioDriver implements AutoCloseable {

  /**
   * Maximum number of queries that wait for an answer. A slow machine slows the demo instead of
   * piling up work.
   */
  private static final int MAX_IN_FLIGHT = 48;

  private static final Duration POLL = Duration.ofMillis(50);

  /** Says whether the closing queries may be sent. */
  interface ClosingGate {
    /** Whether every label sent so far has been applied. */
    boolean isOpen() throws InterruptedException;
  }

  private final Scenario scenario;
  private final BitSet alreadySent;
  private final StepRecords records;
  private final Listener listener;
  private final ClosingGate gate;
  private final Producer<byte[], byte[]> producer;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicInteger left;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::drive, "demo-driver");
  private boolean closing; // of the driver's thread only
  private volatile boolean idle;

  /**
   * Who is told what is sent.
   *
   * @param ledger keeps the books
   * @param news tells the viewer
   * @param millis the ledger's clock
   * @param paced whether to wait until a step is due
   */
  record Listener(PredictionLedger ledger, NewsDesk news, LongSupplier millis, boolean paced) {}

  ScenarioDriver(
      String bootstrapServers,
      Scenario scenario,
      BitSet alreadySent,
      StepRecords records,
      Listener listener,
      ClosingGate gate) {
    this.scenario = scenario;
    this.alreadySent = alreadySent;
    this.records = records;
    this.listener = listener;
    this.gate = gate;
    this.left = new AtomicInteger(scenario.steps().size() - alreadySent.cardinality());
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void start() {
    thread.start();
  }

  /** Steps that are not on the broker yet. */
  int stepsLeft() {
    return left.get();
  }

  /** Whether all steps are on the broker, or it has given up. */
  boolean isDone() {
    return done.getCount() == 0;
  }

  /** Whether it has nothing to do until the next step is due. */
  boolean isIdle() {
    return idle;
  }

  /** Why it gave up, if it did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Stops sending; what was sent is on the broker afterwards. */
  void stop() {
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }

  @Override
  public void close() {
    stop();
  }

  private void drive() {
    try {
      int next = alreadySent.nextClearBit(0);
      long start = listener.millis().getAsLong() - dueMillis(next);
      for (;
          next < scenario.steps().size() && isWanted();
          next = alreadySent.nextClearBit(next + 1)) {
        ScenarioStep step = scenario.steps().get(next);
        awaitDue(start + step.dueMillis());
        awaitRoom(step);
        if (isWanted()) {
          send(step);
        }
      }
      producer.flush();
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // A stop interrupts; whatever was busy then may say so in its own way.
      if (stopping.getCount() > 0) {
        failure.compareAndSet(null, e);
      }
    } finally {
      done.countDown();
    }
  }

  private long dueMillis(int index) {
    return index < scenario.steps().size() ? scenario.steps().get(index).dueMillis() : 0;
  }

  private boolean isWanted() {
    return stopping.getCount() > 0 && failure.get() == null;
  }

  private void awaitDue(long dueMillis) throws InterruptedException {
    long wait = dueMillis - listener.millis().getAsLong();
    if (listener.paced() && wait > 0) {
      idle = true;
      stopping.await(wait, TimeUnit.MILLISECONDS);
      idle = false;
    }
  }

  private void awaitRoom(ScenarioStep step) throws InterruptedException {
    PredictionLedger ledger = listener.ledger();
    if (step.index() >= scenario.closingIndex() && !closing) {
      producer.flush();
      while (isWanted() && !gate.isOpen()) {
        stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
      closing = true;
    }
    while (isWanted() && !ledger.awaitInFlightBelow(MAX_IN_FLIGHT, POLL)) {
      // Another look at whether to go on.
    }
  }

  private void send(ScenarioStep step) {
    ProducerRecord<byte[], byte[]> made = records.of(step);
    listener.news().note(step);
    // Before sending: the answer may be quicker than the acknowledgement.
    if (step instanceof ScenarioStep.Support support) {
      listener.ledger().exampleSent(support, listener.millis().getAsLong());
    } else if (step instanceof ScenarioStep.Query query) {
      listener.ledger().querySent(query);
    }
    Future<RecordMetadata> unused =
        producer.send(made, (where, error) -> acknowledged(step, where, error));
  }

  private void acknowledged(ScenarioStep step, RecordMetadata where, Exception error) {
    if (error != null) {
      failure.compareAndSet(null, error);
      return;
    }
    left.decrementAndGet();
    if (step instanceof ScenarioStep.Broken broken) {
      listener
          .ledger()
          .brokenSent(broken, new Coordinates(where.topic(), where.partition(), where.offset()));
    }
  }
}
