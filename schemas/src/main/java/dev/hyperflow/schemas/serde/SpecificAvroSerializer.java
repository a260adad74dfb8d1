package dev.hyperflow.schemas.serde;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes generated Avro records in Confluent's wire format. Null becomes null.
 *
 * <p>Throws {@link SerializationException} if a record lacks a required field or cannot be written,
 * {@link RegistryException} if its schema's id cannot be had: see the package. Thread-safe once
 * configured: Kafka Streams shares the serializer of a sink among its stream threads.
 *
 * @param <T> the record class
 */
public final class SpecificAvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  /*
   * Buffer, encoder and writers are reused, so every thread has its own. A thread asks for the id of
   * a topic and schema once (the client remembers it for all threads); afterwards a record costs one
   * comparison with the last pair used. After a failure the encoder is thrown away, because it may hold the first
   * part of a record. A buffer that a giant record has blown up is not kept either.
   */
  private static final int INITIAL_BUFFER_BYTES = 512;
  private static final int KEPT_BUFFER_BYTES = 1 << 20;
  private static final byte[] HEADER = new byte[WireFormat.HEADER_BYTES];

  private record Target(String topic, Schema schema) {}

  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
  private RegistryClient client;
  private SerdeConfig config;
  private SubjectNaming naming;

  /** Needs {@link #configure} before use. */
  public SpecificAvroSerializer() {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    config = new SerdeConfig(configs, isKey);
    naming = config.naming();
    client = RegistryClient.create(configs);
  }

  @Override
  public byte[] serialize(String topic, T data) {
    if (data == null) {
      return null;
    }
    if (config == null) {
      throw new IllegalStateException("configure must be called before serialize");
    }
    Scratch own = scratch.get();
    RecordWriter writer = own.writer(topic, data.getSchema());
    try {
      return own.write(writer, data);
    } catch (IOException | RuntimeException e) {
      own.reset();
      throw new SerializationException(
          "Cannot write a %s to topic %s: %s"
              .formatted(data.getSchema().getFullName(), topic, e.getMessage()),
          e);
    }
  }

  /**
   * Asks the registry for what the first record of a schema would ask for, so that writing it does
   * not depend on the registry later.
   *
   * @throws dev.hyperflow.schemas.internal.registry.RegistryException if the registry refuses the
   *     schema or does not answer
   */
  public void prepare(String topic, Schema schema) {
    scratch.get().writer(topic, schema);
  }

  private RecordWriter resolve(Target target) {
    Schema schema = target.schema();
    String subject = naming.subject(target.topic(), config.isKey(), schema);
    if (config.autoRegister()) {
      return RecordWriter.of(schema, client.register(subject, schema));
    }
    return config.useLatest()
        ? RecordWriter.of(schema, client.latest(subject))
        : RecordWriter.of(schema, client.idOf(subject, schema));
  }

  /** What one thread reuses from record to record. */
  private final class Scratch {
    private final Map<Target, RecordWriter> writers = new HashMap<>();
    private Target lastTarget = new Target(null, null);
    private RecordWriter lastWriter;
    private ByteArrayOutputStream buffer;
    private BinaryEncoder encoder;

    Scratch() {
      reset();
    }

    void reset() {
      buffer = new ByteArrayOutputStream(INITIAL_BUFFER_BYTES);
      encoder = null;
    }

    RecordWriter writer(String topic, Schema schema) {
      if (!schema.equals(lastTarget.schema()) || !topic.equals(lastTarget.topic())) {
        Target target = new Target(topic, schema);
        lastWriter = writers.computeIfAbsent(target, SpecificAvroSerializer.this::resolve);
        lastTarget = target;
      }
      return lastWriter;
    }

    byte[] write(RecordWriter writer, SpecificRecord data) throws IOException {
      buffer.reset();
      buffer.write(HEADER, 0, HEADER.length);
      encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
      writer.write(data, encoder);
      encoder.flush();
      byte[] message = buffer.toByteArray();
      WireFormat.writeId(message, writer.id());
      if (buffer.size() > KEPT_BUFFER_BYTES) {
        reset();
      }
      return message;
    }
  }
}
