package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.topology.internal.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine did, as metrics of Kafka Streams: a rate and a total of each, by task, in the
 * group {@code stream-hyperflow-metrics}; and the average and maximum of the events in a batch and
 * of the milliseconds that its oldest event waited. Used by its task's stream thread only.
 */
final class EngineSensors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineSensors.class);
  private static final String SCOPE = "hyperflow";
  private static final String GROUP = "stream-hyperflow-metrics";

  private final StreamsMetrics metrics;
  private final List<Sensor> all = new ArrayList<>();
  private final Sensor answers;
  private final Sensor integrations;
  private final Sensor safeguarded;
  private final Sensor ignored;
  private final Sensor rejected;
  private final Sensor limited;
  private final Sensor abstained;
  private final Sensor tested;
  private final Sensor rightBefore;
  private final Sensor rightAfter;
  private final Sensor rightInShadow;
  private final Sensor drifts;
  private final Sensor shadowAgreements;
  private final Sensor shadowDisagreements;
  private final Sensor backgroundFailures;
  private final Sensor healed;
  private final Sensor stale;
  private final Sensor sweeping;
  private final Sensor visited;
  private final Sensor batches;
  private final Sensor batchSize;
  private final Sensor queueWait;

  EngineSensors(StreamsMetrics metrics, TaskId task) {
    this.metrics = metrics;
    this.answers = sensor(task, "answers");
    this.integrations = sensor(task, "integrations");
    this.safeguarded = sensor(task, "safeguarded-integrations");
    this.ignored = sensor(task, "ignored-events");
    this.rejected = sensor(task, "rejected-events");
    this.limited = sensor(task, "rate-limited-answers");
    this.abstained = sensor(task, "abstained-answers");
    this.tested = sensor(task, "tested-labels");
    this.rightBefore = sensor(task, "right-before-adaptation");
    this.rightAfter = sensor(task, "right-after-adaptation");
    this.rightInShadow = sensor(task, "right-in-shadow");
    this.drifts = sensor(task, "drifts");
    this.shadowAgreements = sensor(task, "shadow-agreements");
    this.shadowDisagreements = sensor(task, "shadow-disagreements");
    this.backgroundFailures = sensor(task, "background-failures");
    this.healed = sensor(task, "healed-tenants");
    this.stale = value(task, "stale-tenants", "tenants whose head waits for the background");
    this.sweeping = value(task, "sweeping", "1 while a sweep over all tenants is under way");
    this.visited = value(task, "swept-tenants", "tenants that the last sweep has visited");
    this.batches = sensor(task, "batches");
    this.batchSize = averageAndMaximum(task, "batch-size", "events in a batch");
    this.queueWait =
        averageAndMaximum(task, "queue-wait-ms", "milliseconds that a batch's oldest event waited");
  }

  /** Counts a batch that is about to be processed. */
  void record(Batch batch, long nowMillis) {
    batches.record();
    batchSize.record(batch.size());
    queueWait.record((double) Math.max(0, nowMillis - batch.oldestMillis()));
  }

  /** Notes how far the background work is. */
  void record(EngineProgress progress) {
    stale.record(progress.staleTenants());
    sweeping.record(progress.sweeping() ? 1 : 0);
    visited.record((double) progress.visitedTenants());
  }

  /** Counts a tenant whose memory a crash had left in pieces. */
  void healed(String tenant) {
    healed.record();
    LOG.atWarn()
        .addKeyValue("tenant", tenant)
        .log("A tenant's memory was not whole after a crash, and was put together again");
  }

  /** Counts an output. */
  void record(Output output) {
    if (output instanceof Output.Answer answer) {
      answers.record();
      count(limited, answer.verdict().status() == AnswerStatus.RATE_LIMITED);
      count(abstained, answer.verdict().abstained());
    } else if (output instanceof Output.HeadAdapted head) {
      integrations.record();
      count(safeguarded, head.safeguarded());
    } else if (output instanceof Output.Ignored) {
      ignored.record();
    } else if (output instanceof Output.Rejected) {
      rejected.record();
    } else if (output instanceof Output.BackgroundFailed) {
      backgroundFailures.record();
    } else {
      recordQuality(output);
    }
  }

  private void recordQuality(Output output) {
    if (output instanceof Output.Tested test) {
      tested.record();
      count(rightBefore, test.before());
      count(rightAfter, test.after());
      count(rightInShadow, test.shadow().orElse(false));
    } else if (output instanceof Output.QualityReported quality) {
      count(drifts, quality.report().driftDetected());
    } else if (output instanceof Output.ShadowAnswered shadow) {
      (shadow.agreed() ? shadowAgreements : shadowDisagreements).record();
    }
  }

  private static void count(Sensor sensor, boolean happened) {
    if (happened) {
      sensor.record();
    }
  }

  @Override
  public void close() {
    all.forEach(metrics::removeSensor);
  }

  private Sensor sensor(TaskId task, String operation) {
    Sensor sensor =
        metrics.addRateTotalSensor(SCOPE, task.toString(), operation, RecordingLevel.INFO);
    all.add(sensor);
    return sensor;
  }

  private Sensor averageAndMaximum(TaskId task, String name, String meaning) {
    Map<String, String> tags =
        Map.of("thread-id", Thread.currentThread().getName(), SCOPE + "-id", task.toString());
    Sensor sensor = metrics.addSensor(SCOPE + "." + task + "." + name, RecordingLevel.INFO);
    sensor.add(new MetricName(name + "-avg", GROUP, "The average of " + meaning, tags), new Avg());
    sensor.add(new MetricName(name + "-max", GROUP, "The maximum of " + meaning, tags), new Max());
    all.add(sensor);
    return sensor;
  }

  private Sensor value(TaskId task, String name, String meaning) {
    Map<String, String> tags =
        Map.of("thread-id", Thread.currentThread().getName(), SCOPE + "-id", task.toString());
    Sensor sensor = metrics.addSensor(SCOPE + "." + task + "." + name, RecordingLevel.INFO);
    sensor.add(new MetricName(name, GROUP, "Now: " + meaning, tags), new Value());
    all.add(sensor);
    return sensor;
  }
}
