package dev.hyperflow.benchmarks.load;

import dev.hyperflow.topology.internal.emit.Predictions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;

/** New predictions as soon as they are committed. For use by one thread. */
public final class PredictionFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(1);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Starts at the end of the topic. */
  public PredictionFeed(String bootstrapServers, String topic) {
    consumer = Committed.consumer(bootstrapServers, topic, Map.of());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position); // seeking is lazy
  }

  /**
   * Hands over what has come; waits a millisecond at most.
   *
   * @param handler takes the tenant of a prediction, and the number of the tenant's support events
   *     that it was made with
   */
  public void poll(ObjLongConsumer<String> handler) {
    pollRecords(
        record -> {
          Header events = record.headers().lastHeader(Predictions.SUPPORT_EVENTS_HEADER);
          handler.accept(
              new String(record.key(), StandardCharsets.UTF_8),
              ByteBuffer.wrap(events.value()).getLong());
        });
  }

  /** Hands over what has come as it is; waits a millisecond at most. */
  public void pollRecords(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    consumer.poll(POLL).forEach(handler);
  }

  /** The name of a tenant of {@link RecordMaker}. */
  public static String tenant(int number) {
    return new String(RecordMaker.key(number), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
