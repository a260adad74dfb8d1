package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.emit.DeadLetters;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends the records of a mapped topic on under their tenant, as they were read. Records that cannot
 * be decoded end here, so that a repartition topic holds none of them.
 *
 * <p>A record that goes on has the time of its event. It is decoded again behind the topic: the
 * same record always becomes the same event.
 */
public final class RepartitionProcessor implements Processor<byte[], byte[], byte[], Object> {
  private final Supplier<RecordDecoder> decoders;
  private final String next;
  private final String deadLetters;
  private final DeadLetters letters;
  private final EngineObserver observer;
  private ProcessorContext<byte[], Object> context;
  private RecordDecoder decoder;

  private RepartitionProcessor(
      Supplier<RecordDecoder> decoders,
      String next,
      String deadLetters,
      DeadLetters letters,
      EngineObserver observer) {
    this.decoders = decoders;
    this.next = next;
    this.deadLetters = deadLetters;
    this.letters = letters;
    this.observer = observer;
  }

  /**
   * A supplier.
   *
   * @param decoder gives a decoder, closed with the processor
   * @param next name of the node that takes the records
   * @param deadLetters name of the node that takes dead letters
   * @param letters makes them
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      Supplier<RecordDecoder> decoder,
      String next,
      String deadLetters,
      DeadLetters letters,
      EngineObserver observer) {
    return () -> new RepartitionProcessor(decoder, next, deadLetters, letters, observer);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    this.context = newContext;
    this.decoder = decoders.get();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord source = DecodeProcessor.source(context.recordMetadata(), record);
    decoder
        .decode(source, record.headers())
        .handle(event -> send(record, source, event), refusal -> refuse(record, source, refusal));
  }

  private void send(Record<byte[], byte[]> record, SourceRecord source, Event event) {
    observer.repartitioned(source);
    context.forward(
        new Record<>(
            TenantKeys.encode(event.tenant()),
            record.value(),
            event.timestampMillis(),
            Origin.with(record.headers(), source)),
        next);
  }

  private void refuse(Record<byte[], byte[]> record, SourceRecord read, Rejection refusal) {
    SourceRecord source = read.under(decoder.key(read, record.headers()).orElse(null));
    observer.received(source, record.headers());
    if (refusal.reason() == Reason.SKIPPED) {
      observer.skipped(source);
      return;
    }
    Record<byte[], Object> letter =
        letters.record(
            DecodeProcessor.notAfter(context.currentSystemTimeMs(), record), source, refusal);
    observer.refused(source, refusal, letter.headers());
    context.forward(letter, deadLetters);
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
