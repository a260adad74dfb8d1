package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of the first answer, and of the first dead letter, that is older than its topic keeps
 * records: it has the timestamp of its query or record, so the brokers delete it soon. Thread-safe.
 */
final class OldOutputs implements EngineObserver {
  private static final Logger LOG = LoggerFactory.getLogger(OldOutputs.class);

  private final Watch answers;
  private final Watch letters;
  private final LongSupplier clockMillis;

  /**
   * An observer of answers and dead letters.
   *
   * @param clockMillis wall clock, milliseconds since the epoch
   */
  OldOutputs(Kept answers, Kept letters, LongSupplier clockMillis) {
    this.answers = new Watch("An answer has the timestamp of its query", answers);
    this.letters = new Watch("A dead letter has the timestamp of its record", letters);
    this.clockMillis = clockMillis;
  }

  /**
   * A topic that takes outputs.
   *
   * @param retentionMillis how long it keeps them, -1 for good
   */
  record Kept(String topic, long retentionMillis) {}

  @Override
  public void output(Output output, Occasion occasion) {
    if (output instanceof Output.Answer) {
      occasion
          .cause()
          .ifPresent(event -> answers.look(event.event().timestampMillis(), occasion.nowMillis()));
    }
  }

  @Override
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    letters.look(record.timestampMillis(), clockMillis.getAsLong());
  }

  /** Whether it has warned of an answer or a letter. */
  boolean hasWarned() {
    return answers.warned.get() || letters.warned.get();
  }

  /** Warns once. */
  private static final class Watch {
    private final String what;
    private final Kept kept;
    private final AtomicBoolean warned = new AtomicBoolean();

    Watch(String what, Kept kept) {
      this.what = what;
      this.kept = kept;
    }

    void look(long timestampMillis, long nowMillis) {
      if (kept.retentionMillis() >= 0
          && !warned.get()
          && nowMillis - timestampMillis > kept.retentionMillis()
          && warned.compareAndSet(false, true)) {
        LOG.atWarn()
            .addKeyValue("topic", kept.topic())
            .addKeyValue("retention.ms", kept.retentionMillis())
            .addKeyValue("timestamp", timestampMillis)
            .log(
                "{}, which is older than the topic keeps records. The brokers will delete it and"
                    + " others like it, maybe before anybody reads them. Raise retention.ms of the"
                    + " topic while you backfill",
                what);
      }
    }
  }
}
