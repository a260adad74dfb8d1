package dev.hyperflow.benchmarks.process;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;

/**
 * The least that Kafka Streams can do with a query: copy it to the predictions topic. Same topics,
 * same Kafka settings as the application that it is the yardstick of.
 */
final class IdentityApplication implements AutoCloseable {
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(10);

  private final KafkaStreams streams;

  private IdentityApplication(KafkaStreams streams) {
    this.streams = streams;
  }

  static IdentityApplication start(ApplicationConfig config) throws InterruptedException {
    KafkaStreams streams = new KafkaStreams(topology(config), config.streams());
    CountDownLatch running = new CountDownLatch(1);
    streams.setStateListener(
        (now, before) -> {
          if (now == State.RUNNING) {
            running.countDown();
          }
        });
    streams.start();
    if (!running.await(Role.TIME_TO_RUN.toSeconds(), TimeUnit.SECONDS)) {
      streams.close(TIME_TO_CLOSE);
      throw new IllegalStateException(
          "the identity topology does not run after %d s".formatted(Role.TIME_TO_RUN.toSeconds()));
    }
    return new IdentityApplication(streams);
  }

  private static Topology topology(ApplicationConfig config) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "queries",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        config.topics().queries());
    topology.addSink(
        "copies",
        config.topics().predictions(),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        "queries");
    return topology;
  }

  @Override
  public void close() {
    streams.close(TIME_TO_CLOSE);
  }
}
