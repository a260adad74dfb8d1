package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Rejection;
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
  private final DecodeProcessor.Wiring wiring;
  private ProcessorContext<byte[], Object> context;
  private RecordDecoder decoder;

  private RepartitionProcessor(Supplier<RecordDecoder> decoders, DecodeProcessor.Wiring wiring) {
    this.decoders = decoders;
    this.wiring = wiring;
  }

  /**
   * A supplier.
   *
   * @param decoder gives a decoder, closed with the processor
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      Supplier<RecordDecoder> decoder, DecodeProcessor.Wiring wiring) {
    return () -> new RepartitionProcessor(decoder, wiring);
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
    wiring.observer().repartitioned(source);
    context.forward(
        new Record<>(
            TenantKeys.encode(event.tenant()),
            record.value(),
            event.timestampMillis(),
            Origin.with(record.headers(), source)),
        wiring.engine());
  }

  private void refuse(Record<byte[], byte[]> record, SourceRecord read, Rejection refusal) {
    SourceRecord source = read.under(decoder.key(read, record.headers()).orElse(null));
    wiring.observer().received(source, record.headers());
    wiring.refuse(context, record, source, refusal);
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
