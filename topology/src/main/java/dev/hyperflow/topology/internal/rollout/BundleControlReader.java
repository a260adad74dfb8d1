package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.events.BundleControl;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.topology.internal.decode.RegistryOutageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bundles topic: to its end before the start, then, on a thread of its own, for as long
 * as the application runs. Bundles are loaded and closed on that thread. Owns the consumer.
 */
public final class BundleControlReader implements AutoCloseable {
  // Every instance reads all records: the consumer is assigned its partition and is in no group.

  private static final Logger LOG = LoggerFactory.getLogger(BundleControlReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 2_000;

  private final TopicPartition partition;
  private final String applicationId;
  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<?> values;
  private final Deque<ConsumerRecord<byte[], byte[]>> unread = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ControlSteps steps = new ControlSteps();
  private Thread thread;

  /**
   * A reader that begins with the topic's first record.
   *
   * @param topic has one partition
   * @param applicationId the key of records that are meant for this application; others are skipped
   * @param consumer in no group; sees committed records only
   * @param values reads {@link BundleControl} records
   */
  public BundleControlReader(
      String topic,
      String applicationId,
      Consumer<byte[], byte[]> consumer,
      Deserializer<?> values) {
    this.partition = new TopicPartition(topic, 0);
    this.applicationId = applicationId;
    this.consumer = consumer;
    this.values = values;
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /**
   * The records that the topic holds now. Called once, before {@link #follow}.
   *
   * @throws KafkaException when the brokers or the registry do not answer in time
   */
  public List<BundleControl> readToEnd(Duration timeout) {
    long end = consumer.endOffsets(List.of(partition), timeout).get(partition);
    Timer timer = Time.SYSTEM.timer(timeout);
    List<BundleControl> records = new ArrayList<>();
    while (consumer.position(partition, timeout) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        read(record).ifPresent(records::add);
      }
      timer.update();
      if (timer.isExpired()) {
        throw new TimeoutException(
            "the reader did not reach the end of '%s' within %d ms"
                .formatted(partition.topic(), timeout.toMillis()));
      }
    }
    return records;
  }

  /** Starts the thread that hands over what comes from now on. */
  public void follow(RolloutControl control) {
    thread = new Thread(() -> run(control), "hyperflow-bundle-control");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(RolloutControl control) {
    while (stopped.getCount() > 0) {
      try {
        take(control);
        control.advance();
      } catch (WakeupException e) {
        LOG.atDebug().log("The reader of bundle control records wakes up to stop");
      } catch (RuntimeException e) {
        LOG.atError()
            .addKeyValue("topic", partition.topic())
            .setCause(e)
            .log("The reader of bundle control records failed. It tries again");
        pause();
      }
    }
  }

  /** A record that cannot be read for now stays, and those after it. */
  private void take(RolloutControl control) {
    consumer.poll(POLL).forEach(unread::add);
    while (!unread.isEmpty()) {
      read(unread.peek()).ifPresent(control::take);
      unread.remove();
    }
  }

  private void pause() {
    try {
      if (stopped.await(PAUSE_AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.atDebug().log("The reader of bundle control records stops");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  /** The record's content, empty when it is not for us or cannot be read by anybody. */
  private Optional<BundleControl> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() != null
        && !new String(record.key(), StandardCharsets.UTF_8).equals(applicationId)) {
      return Optional.empty();
    }
    try {
      Object value = values.deserialize(record.topic(), record.headers(), record.value());
      if (value instanceof BundleControl control) {
        steps.read(control, record.timestamp());
        return Optional.of(control);
      }
      ignored(record, "expected a BundleControl record, found " + nameOf(value));
    } catch (RegistryException e) {
      throw e; // whatever is wrong with the registry, the record may be fine
    } catch (RuntimeException e) {
      RegistryOutageException.throwIfOne(e);
      ignored(record, "expected a BundleControl record, found: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The records for this application that were read last. */
  public ControlSteps steps() {
    return steps;
  }

  private static String nameOf(Object value) {
    return value == null ? "none" : value.getClass().getSimpleName();
  }

  private static void ignored(ConsumerRecord<byte[], byte[]> record, String why) {
    LOG.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("offset", record.offset())
        .addKeyValue("why", why)
        .log("The reader ignored a bundle control record");
  }

  /** Stops the thread, which may be loading a bundle just now, and waits for it. */
  @Override
  public void close() {
    stopped.countDown();
    consumer.wakeup();
    boolean interrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      consumer.close();
    } catch (KafkaException e) {
      LOG.atWarn().setCause(e).log("The reader of bundle control records did not close cleanly");
    } finally {
      values.close();
    }
  }
}
