package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of the first dead letter that is older than its topic keeps letters: it has the timestamp
 * of its record, so the brokers delete it soon. Thread-safe.
 */
final class OldLetters implements EngineObserver {
  private static final Logger LOG = LoggerFactory.getLogger(OldLetters.class);

  private final String topic;
  private final long retentionMillis;
  private final LongSupplier clockMillis;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * An observer of dead letters.
   *
   * @param topic takes the letters
   * @param retentionMillis how long it keeps them, -1 for good
   * @param clockMillis wall clock, milliseconds since the epoch
   */
  OldLetters(String topic, long retentionMillis, LongSupplier clockMillis) {
    this.topic = topic;
    this.retentionMillis = retentionMillis;
    this.clockMillis = clockMillis;
  }

  @Override
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    if (retentionMillis >= 0
        && !warned.get()
        && clockMillis.getAsLong() - record.timestampMillis() > retentionMillis
        && warned.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("retention.ms", retentionMillis)
          .addKeyValue("timestamp", record.timestampMillis())
          .log(
              "A dead letter has the timestamp of its record, which is older than the topic keeps"
                  + " records. The brokers will delete it and others like it, maybe before anybody"
                  + " reads them. Raise retention.ms of the topic while you backfill");
    }
  }

  /** Whether it has warned. */
  boolean hasWarned() {
    return warned.get();
  }
}
