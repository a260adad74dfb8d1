package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Times the calls of an encoder that somebody else owns. */
final class MeteredEncoder implements Encoder {
  private final Encoder encoder;
  private final Meters meters;
  private final Timer calls;
  private final Counter texts;

  MeteredEncoder(Encoder encoder, Meters meters) {
    this.encoder = encoder;
    this.meters = meters;
    this.calls = meters.timer(MeterCatalogue.ENCODE);
    this.texts = meters.counter(MeterCatalogue.ENCODE_TEXTS);
  }

  @Override
  public String id() {
    return encoder.id();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public int innerWidth() {
    return encoder.innerWidth();
  }

  @Override
  public Optional<List<TextTokens>> tokens(List<String> list) {
    return encoder.tokens(list);
  }

  @Override
  public float[][] encode(List<String> list) {
    long started = meters.now();
    try {
      return encoder.encode(list);
    } finally {
      calls.record(meters.now() - started, TimeUnit.NANOSECONDS);
      texts.increment(list.size());
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
