package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Takes records that somebody else has read, and decodes them as if they came from a topic.
 *
 * <p>A record is written to bytes first. Dead letters and the inbox need these bytes, and both ways
 * in then pass one validation. A record that cannot be written goes to the dead letters.
 */
public final class TypedDecodeProcessor<V extends SpecificRecord>
    implements Processor<String, V, byte[], Object> {
  private final Supplier<Serializer<Object>> serializers;
  private final String topic;
  private final DecodeProcessor.Wiring wiring;
  private final Processor<byte[], byte[], byte[], Object> decoder;
  private ProcessorContext<byte[], Object> context;
  private Serializer<Object> serializer;

  private TypedDecodeProcessor(
      Supplier<Serializer<Object>> serializers,
      String topic,
      DecodeProcessor.Wiring wiring,
      Processor<byte[], byte[], byte[], Object> decoder) {
    this.serializers = serializers;
    this.topic = topic;
    this.wiring = wiring;
    this.decoder = decoder;
  }

  /**
   * A supplier.
   *
   * @param serializer gives a configured serializer; closed with the processor
   * @param topic names the subject of the schema
   * @param wiring as of the decoder
   * @param decoder decodes the bytes
   */
  public static <V extends SpecificRecord> ProcessorSupplier<String, V, byte[], Object> supplier(
      Supplier<Serializer<Object>> serializer,
      String topic,
      DecodeProcessor.Wiring wiring,
      ProcessorSupplier<byte[], byte[], byte[], Object> decoder) {
    return () -> new TypedDecodeProcessor<>(serializer, topic, wiring, decoder.get());
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    this.context = newContext;
    this.serializer = serializers.get();
    decoder.init(newContext);
  }

  @Override
  public void process(Record<String, V> record) {
    if (record.key() != null && !TenantKeys.isText(record.key())) {
      refuse(
          record.<byte[]>withKey(null),
          Reason.UNDECODABLE_KEY,
          "key: expected valid Unicode, found a surrogate without its partner");
      return;
    }
    byte[] key = record.key() == null ? null : TenantKeys.encode(record.key());
    byte[] value;
    try {
      value = serializer.serialize(topic, record.value());
    } catch (SerializationException e) {
      if (!isOfTheRecord(e)) {
        throw e;
      }
      refuse(
          record.withKey(key),
          Reason.UNDECODABLE,
          "value: expected a complete record, found: " + e.getMessage());
      return;
    }
    decoder.process(record.withKey(key).withValue(value));
  }

  /** Whether the record itself is at fault, and not the registry, which may answer again. */
  private static boolean isOfTheRecord(SerializationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (!(cause instanceof RuntimeException)) {
        return false;
      }
    }
    return true;
  }

  private void refuse(Record<byte[], V> record, Reason reason, String message) {
    SourceRecord source =
        DecodeProcessor.source(context.recordMetadata(), record.withValue((byte[]) null));
    wiring.refuse(context, record, source, new Rejection(Stage.DECODE, reason, message));
  }

  @Override
  public void close() {
    decoder.close();
    if (serializer != null) {
      serializer.close();
    }
  }
}
