package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of the first answer that is older than its topic keeps answers: it has the timestamp of its
 * query, so the brokers delete it soon. Thread-safe.
 */
final class OldOutputs implements EngineObserver {
  private static final Logger LOG = LoggerFactory.getLogger(OldOutputs.class);

  private final String topic;
  private final long retentionMillis;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * An observer of answers.
   *
   * @param topic takes the answers
   * @param retentionMillis how long it keeps them, -1 for good
   */
  OldOutputs(String topic, long retentionMillis) {
    this.topic = topic;
    this.retentionMillis = retentionMillis;
  }

  @Override
  public void output(Output output, Occasion occasion) {
    if (retentionMillis < 0 || warned.get()) {
      return;
    }
    occasion
        .cause()
        .filter(
            event ->
                output instanceof Output.Answer
                    && occasion.nowMillis() - event.event().timestampMillis() > retentionMillis)
        .filter(event -> warned.compareAndSet(false, true))
        .ifPresent(
            event ->
                LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("retention.ms", retentionMillis)
                    .addKeyValue("timestamp", event.event().timestampMillis())
                    .log(
                        "An answer has the timestamp of its query, which is older than the topic"
                            + " keeps records. The brokers will delete it and others like it,"
                            + " maybe before anybody reads them. Raise retention.ms of the topic"
                            + " while you backfill"));
  }

  /** Whether it has warned. */
  boolean hasWarned() {
    return warned.get();
  }
}
