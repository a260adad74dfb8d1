package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.ForwardingEncoder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times the calls of an encoder that somebody else owns. */
final class MeteredEncoder extends ForwardingEncoder {
  private final Meters meters;
  private final Timer calls;
  private final Counter texts;

  MeteredEncoder(Encoder encoder, Meters meters) {
    super(encoder);
    this.meters = meters;
    this.calls = meters.timer(MeterCatalogue.ENCODE);
    this.texts = meters.counter(MeterCatalogue.ENCODE_TEXTS);
  }

  @Override
  public float[][] encode(List<String> list) {
    long started = meters.now();
    try {
      return super.encode(list);
    } finally {
      calls.record(meters.now() - started, TimeUnit.NANOSECONDS);
      texts.increment(list.size());
    }
  }
}
