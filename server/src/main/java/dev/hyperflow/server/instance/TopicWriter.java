package dev.hyperflow.server.instance;

import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records to the application's topics and waits until the brokers have them. Thread-safe.
 *
 * <p>Owns its producer, which is made when the first record is written.
 */
public final class TopicWriter implements AutoCloseable {
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(2);
  private static final int ACKNOWLEDGE_MILLIS = 8_000;
  private static final long RETRY_MILLIS = 2_000;

  private final ApplicationConfig config;
  private final Function<Map<String, Object>, Producer<byte[], byte[]>> producers;

  /** Serialization may ask the registry, which may hang: callers wait for it with a bound. */
  private final ExecutorService serializing =
      Executors.newSingleThreadExecutor(TopicWriter::daemon);

  private Serializer<Object> serializer; // of the thread of serializing
  private Producer<byte[], byte[]> producer; // guarded by this until it is made
  private boolean closed;

  /** A writer to the topics of a configuration. */
  public TopicWriter(ApplicationConfig config) {
    this(
        config,
        settings ->
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A writer whose producer comes from elsewhere, given its settings. */
  TopicWriter(
      ApplicationConfig config, Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
    this.config = config;
    this.producers = producers;
  }

  /**
   * Writes a record with the time of now.
   *
   * @param value an Avro record
   * @throws ProblemException as {@link #write(String, byte[], Object, Long)} does
   */
  public RecordMetadata write(String topic, byte[] key, Object value) {
    return write(topic, key, value, null);
  }

  /**
   * Writes a record.
   *
   * @param value an Avro record
   * @param timestamp event time, milliseconds since the epoch; null for now
   * @throws ProblemException when the brokers or the registry do not acknowledge in time; the
   *     record may still come to be written then; when the topic does not take the timestamp or the
   *     size, or the application may not write to it: then the record is not written
   */
  public RecordMetadata write(String topic, byte[] key, Object value, Long timestamp) {
    return send(topic, key, value, timestamp).await();
  }

  /**
   * Writes a record with the time of now to every partition of a topic, that of its key first.
   *
   * @return where it is in the partition of its key
   * @throws ProblemException as {@link #write(String, byte[], Object, Long)} does
   */
  public RecordMetadata writeEverywhere(String topic, byte[] key, Object value) {
    RecordMetadata own = write(topic, key, value);
    int partitions = partitions(topic);
    List<Sent> others = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      if (partition != own.partition()) {
        others.add(send(topic, partition, key, value, null));
      }
    }
    others.forEach(Sent::await);
    return own;
  }

  /**
   * The number of partitions of a topic.
   *
   * @throws ProblemException when the brokers do not say in time
   */
  public int partitions(String topic) {
    try {
      return producer().partitionsFor(topic).size();
    } catch (KafkaException e) {
      throw refusal(e, topic, null);
    }
  }

  /** A record on its way to the brokers. */
  @FunctionalInterface
  public interface Sent {
    /**
     * Waits until the brokers have it, and gives its place.
     *
     * @throws ProblemException as {@link TopicWriter#write(String, byte[], Object, Long)} does
     */
    RecordMetadata await();
  }

  /**
   * Sends a record without waiting for the brokers. Records of one key keep their order.
   *
   * @param timestamp event time, milliseconds since the epoch; null for now
   * @throws ProblemException when it cannot be sent
   */
  public Sent send(String topic, byte[] key, Object value, Long timestamp) {
    return send(topic, null, key, value, timestamp);
  }

  private Sent send(String topic, Integer partition, byte[] key, Object value, Long timestamp) {
    try {
      Future<RecordMetadata> sent =
          producer()
              .send(
                  new ProducerRecord<>(topic, partition, timestamp, key, serialized(topic, value)));
      return () -> await(sent, topic, timestamp);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      throw notAcknowledged();
    } catch (KafkaException e) {
      throw refusal(e, topic, timestamp);
    }
  }

  private static RecordMetadata await(Future<RecordMetadata> sent, String topic, Long timestamp) {
    try {
      return sent.get(ACKNOWLEDGE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notAcknowledged();
    } catch (ExecutionException e) {
      throw refusal(e.getCause(), topic, timestamp);
    } catch (TimeoutException e) {
      throw refusal(e, topic, timestamp);
    }
  }

  private static ProblemException refusal(Throwable cause, String topic, Long timestamp) {
    if (cause instanceof InvalidTimestampException && timestamp == null) {
      return ProblemException.retryable(
          ErrorCode.NOT_ACKNOWLEDGED,
          "topic '%s': the brokers refuse the time of this server's clock".formatted(topic),
          RETRY_MILLIS);
    }
    if (cause instanceof InvalidTimestampException) {
      return ProblemException.invalid(
          "timestamp",
          "expected a time that the topic takes (message.timestamp.before.max.ms,"
              + " message.timestamp.after.max.ms), found "
              + timestamp);
    }
    if (cause instanceof RecordTooLargeException) {
      return ProblemException.of(
          ErrorCode.TOO_LARGE,
          "record: expected a size that the topic takes (max.message.bytes) and the producer sends"
              + " (max.request.size), found a larger one");
    }
    if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
      return ProblemException.of(
          ErrorCode.NOT_CONFIGURED,
          "topic '%s': expected the right to write, found none".formatted(topic));
    }
    return notAcknowledged();
  }

  private static ProblemException notAcknowledged() {
    return ProblemException.retryable(
            ErrorCode.NOT_ACKNOWLEDGED,
            "the brokers or the registry did not acknowledge in time",
            RETRY_MILLIS)
        .withHint("send it again with the same id: it takes effect once");
  }

  private byte[] serialized(String topic, Object value) {
    Future<byte[]> bytes;
    try {
      bytes = serializing.submit(() -> serializer().serialize(topic, value));
    } catch (RejectedExecutionException e) {
      throw stopping();
    }
    try {
      return bytes.get(ACKNOWLEDGE_MILLIS / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      bytes.cancel(false);
      Thread.currentThread().interrupt();
      throw notAcknowledged();
    } catch (TimeoutException e) {
      bytes.cancel(false); // what has begun goes on, so that a slow registry is asked once
      throw notAcknowledged();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private Serializer<Object> serializer() {
    if (serializer == null) {
      serializer = config.serializer();
    }
    return serializer;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "hyperflow-serializing");
    thread.setDaemon(true);
    return thread;
  }

  private static ProblemException stopping() {
    return ProblemException.retryable(
        ErrorCode.STARTING, "the application is stopping", RETRY_MILLIS);
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (closed) {
      throw stopping();
    }
    if (producer == null) {
      Map<String, Object> settings = config.producer(config.applicationId() + "-http");
      settings.put("delivery.timeout.ms", ACKNOWLEDGE_MILLIS);
      settings.put("request.timeout.ms", ACKNOWLEDGE_MILLIS / 2);
      settings.put("max.block.ms", ACKNOWLEDGE_MILLIS / 2);
      producer = producers.apply(settings);
    }
    return producer;
  }

  @Override
  public void close() {
    Producer<byte[], byte[]> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = producer;
    }
    serializing.execute(
        () -> {
          if (serializer != null) {
            serializer.close();
          }
        });
    serializing.shutdown();
    if (last != null) {
      last.close(TIME_TO_CLOSE);
    }
  }
}
