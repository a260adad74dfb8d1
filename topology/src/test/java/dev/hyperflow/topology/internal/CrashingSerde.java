package dev.hyperflow.topology.internal;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The product's serde, but a plan may make it fail at certain predictions: in the middle of a
 * batch, after some of its outputs went to the producer. Made by its name; thread-safe.
 */
public final class CrashingSerde implements Serde<SpecificRecord> {
  /** The setting that names the plan: the topic of predictions. */
  private static final Map<String, Plan> PLANS = new ConcurrentHashMap<>();

  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  /** Fails when as many predictions for the topic as given have been serialized, counted anew. */
  static Plan plan(String topic, Integer... crashes) {
    Plan plan = new Plan();
    plan.left.addAll(java.util.List.of(crashes));
    PLANS.put(topic, plan);
    return plan;
  }

  static final class Plan {
    private final ConcurrentLinkedQueue<Integer> left = new ConcurrentLinkedQueue<>();
    private final AtomicInteger since = new AtomicInteger();

    boolean isDone() {
      return left.isEmpty();
    }

    private void step() {
      Integer next = left.peek();
      if (next != null && since.incrementAndGet() >= next) {
        left.poll();
        since.set(0);
        throw new NetworkException("a crash that the test asked for");
      }
    }
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    serde.configure(configs, isKey);
  }

  @Override
  public Serializer<SpecificRecord> serializer() {
    Serializer<SpecificRecord> serializer = serde.serializer();
    return new Serializer<>() {
      @Override
      public byte[] serialize(String topic, SpecificRecord value) {
        return serialize(topic, null, value);
      }

      @Override
      public byte[] serialize(String topic, Headers headers, SpecificRecord value) {
        if (value instanceof Prediction && PLANS.containsKey(topic)) {
          PLANS.get(topic).step();
        }
        return serializer.serialize(topic, headers, value);
      }

      @Override
      public void close() {
        serializer.close();
      }
    };
  }

  @Override
  public Deserializer<SpecificRecord> deserializer() {
    return serde.deserializer();
  }
}
