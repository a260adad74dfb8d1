package dev.hyperflow.topology.decode;

import dev.hyperflow.topology.emit.DeadLetters;
import dev.hyperflow.topology.source.SourceRecord;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decodes records: events go on to the engine, the others to the dead letters.
 *
 * <p>What goes on has the record's timestamp, but none in the future: brokers refuse records that
 * are too far ahead ({@code message.timestamp.after.max.ms}), in output topics and in changelogs,
 * and a refused output would stop the application. Event time stays the record's own.
 */
public final class DecodeProcessor implements Processor<byte[], byte[], byte[], Object> {
  private final Supplier<EventDecoder<?>> decoders;
  private final String engine;
  private final String deadLetters;
  private ProcessorContext<byte[], Object> context;
  private EventDecoder<?> decoder;

  private DecodeProcessor(Supplier<EventDecoder<?>> decoders, String engine, String deadLetters) {
    this.decoders = decoders;
    this.engine = engine;
    this.deadLetters = deadLetters;
  }

  /**
   * A supplier of decoders of the support topic.
   *
   * @param deserializer gives a configured deserializer; closed with the processor
   * @param engine name of the node that takes {@link PendingEvent}s
   * @param deadLetters name of the node that takes dead letters
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> ofSupport(
      Supplier<Deserializer<?>> deserializer, String engine, String deadLetters) {
    return () ->
        new DecodeProcessor(() -> new SupportDecoder(deserializer.get()), engine, deadLetters);
  }

  /** A supplier of decoders of the queries topic; parameters as in {@link #ofSupport}. */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> ofQueries(
      Supplier<Deserializer<?>> deserializer, String engine, String deadLetters) {
    return () ->
        new DecodeProcessor(() -> new QueryDecoder(deserializer.get()), engine, deadLetters);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    this.context = newContext;
    this.decoder = decoders.get();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata coordinates =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("expected a record of a topic"));
    SourceRecord source =
        new SourceRecord(
            coordinates.topic(),
            coordinates.partition(),
            coordinates.offset(),
            record.timestamp(),
            record.key(),
            record.value());
    Record<byte[], byte[]> timely = notInTheFuture(record);
    decoder
        .decode(source, record.headers())
        .<Runnable>fold(
            event ->
                () -> context.forward(timely.withValue(new PendingEvent(event, source)), engine),
            refusal ->
                () -> context.forward(DeadLetters.record(timely, source, refusal), deadLetters))
        .run();
  }

  private Record<byte[], byte[]> notInTheFuture(Record<byte[], byte[]> record) {
    long now = context.currentSystemTimeMs();
    return record.timestamp() > now ? record.withTimestamp(now) : record;
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
