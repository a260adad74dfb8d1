package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.emit.DeadLetters;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
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
  private static final String NO_TOPIC = "";
  private static final int NOWHERE = -1;
  private static final long ASK_AGAIN_MILLIS = 10_000;

  private final Supplier<RecordDecoder> decoders;
  private final boolean isRepartitioned;
  private final Wiring wiring;
  private ProcessorContext<byte[], Object> context;
  private RecordDecoder decoder;
  private long awayUntilMillis;

  private DecodeProcessor(
      Supplier<RecordDecoder> decoders, boolean isRepartitioned, Wiring wiring) {
    this.decoders = decoders;
    this.isRepartitioned = isRepartitioned;
    this.wiring = wiring;
  }

  /**
   * Where decoded records go.
   *
   * @param engine name of the node that takes what can be used
   * @param deadLetters name of the node that takes dead letters
   * @param letters makes them
   * @param observer is told what becomes of records
   * @param partitions finds records that are in the wrong partition
   */
  public record Wiring(
      String engine,
      String deadLetters,
      DeadLetters letters,
      EngineObserver observer,
      PartitionCheck partitions) {

    /** Sends a refused record to the dead letters; of a skipped one nothing comes. */
    void refuse(
        ProcessorContext<byte[], Object> context,
        Record<byte[], ?> record,
        SourceRecord source,
        Rejection refusal) {
      if (refusal.reason() == Reason.SKIPPED) {
        observer.skipped(source);
        return;
      }
      Record<byte[], Object> letter =
          letters.record(notAfter(context.currentSystemTimeMs(), record), source, refusal);
      observer.refused(source, refusal, letter.headers());
      context.forward(letter, deadLetters);
    }
  }

  /**
   * A supplier of decoders of the support topic.
   *
   * @param deserializer gives a configured deserializer; closed with the processor
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> ofSupport(
      Supplier<Deserializer<?>> deserializer, Wiring wiring) {
    return () -> new DecodeProcessor(() -> new SupportDecoder(deserializer.get()), false, wiring);
  }

  /** A supplier of decoders of the queries topic; parameters as in {@link #ofSupport}. */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> ofQueries(
      Supplier<Deserializer<?>> deserializer, Wiring wiring) {
    return () -> new DecodeProcessor(() -> new QueryDecoder(deserializer.get()), false, wiring);
  }

  /**
   * A supplier of decoders of a topic of somebody else.
   *
   * @param decoder gives a decoder, closed with the processor
   * @param isRepartitioned whether the records come from a repartition topic
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> ofMapped(
      Supplier<RecordDecoder> decoder, boolean isRepartitioned, Wiring wiring) {
    return () -> new DecodeProcessor(decoder, isRepartitioned, wiring);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    this.context = newContext;
    this.decoder = decoders.get();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (isRepartitioned) {
      SourceRecord source = Origin.read(record.headers(), record.value()).under(record.key());
      decode(record.withHeaders(Origin.without(record.headers())), source);
    } else {
      decode(record, source(context.recordMetadata(), record));
    }
  }

  private void decode(Record<byte[], byte[]> record, SourceRecord source) {
    Record<byte[], byte[]> timely = notAfter(context.currentSystemTimeMs(), record);
    PartitionCheck partitions = wiring.partitions();
    wiring.observer().received(source, record.headers());
    // A tenant can be forgotten in every partition.
    Optional<Decoded> decoded = decode(source, record.headers());
    boolean isForeign =
        !isRepartitioned
            && decoded.filter(Decoded::isRemovalOfTenant).isEmpty()
            && partitions.isForeign(source);
    if (isForeign) {
      wiring.observer().foreign(source);
      partitions.note(source);
    }
    if (isForeign && partitions.refuses()) {
      wiring.refuse(
          context,
          timely,
          source,
          new Rejection(Stage.DECODE, Reason.WRONG_PARTITION, partitions.flaw(source)));
    } else if (decoded.isPresent()) {
      decoded
          .get()
          .handle(
              event -> hand(timely.withValue(new PendingEvent(event, source)), source),
              refusal -> wiring.refuse(context, timely, source, refusal));
    } else {
      hand(timely.withValue(PendingEvent.undecoded(source)), source);
    }
  }

  /**
   * Empty while the registry is away. The engine keeps the order of such records, and this thread
   * has other tasks to work for.
   */
  private Optional<Decoded> decode(SourceRecord source, Headers headers) {
    long now = context.currentSystemTimeMs();
    if (now < awayUntilMillis) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(source, headers));
    } catch (RuntimeException e) {
      if (!RegistryOutageException.keepsFromReading(e)) {
        throw e;
      }
      awayUntilMillis = now + ASK_AGAIN_MILLIS;
      return Optional.empty();
    }
  }

  /** The record with its coordinates: none when a timer or another program made it. */
  static SourceRecord source(Optional<RecordMetadata> coordinates, Record<byte[], byte[]> record) {
    return new SourceRecord(
        coordinates.map(RecordMetadata::topic).orElse(NO_TOPIC),
        coordinates.map(RecordMetadata::partition).orElse(NOWHERE),
        coordinates.map(RecordMetadata::offset).orElse((long) NOWHERE),
        record.timestamp(),
        record.key(),
        record.value());
  }

  private void hand(Record<byte[], ?> event, SourceRecord source) {
    wiring.observer().decoded(source);
    context.forward(event, wiring.engine());
  }

  /** The record, with the present as its time if its own lies in the future. */
  static <V> Record<byte[], V> notAfter(long now, Record<byte[], V> record) {
    return record.timestamp() > now ? record.withTimestamp(now) : record;
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
