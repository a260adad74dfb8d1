package dev.hyperflow.topology;

import dev.hyperflow.engine.event.Output;
import dev.hyperflow.topology.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What the engine did, as metrics of Kafka Streams: a rate and a total of each, by task, in the
 * group {@code stream-hyperflow-metrics}; and the average and maximum of the events in a batch and
 * of the milliseconds that its oldest event waited. Used by its task's stream thread only.
 */
final class EngineSensors implements AutoCloseable {
  private static final String SCOPE = "hyperflow";
  private static final String GROUP = "stream-hyperflow-metrics";

  private final StreamsMetrics metrics;
  private final List<Sensor> all = new ArrayList<>();
  private final Sensor answers;
  private final Sensor integrations;
  private final Sensor safeguarded;
  private final Sensor ignored;
  private final Sensor rejected;
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

  /** Counts an output. */
  void record(Output output) {
    if (output instanceof Output.Answer) {
      answers.record();
    } else if (output instanceof Output.HeadAdapted head) {
      integrations.record();
      if (head.safeguarded()) {
        safeguarded.record();
      }
    } else if (output instanceof Output.Ignored) {
      ignored.record();
    } else if (output instanceof Output.Rejected) {
      rejected.record();
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
}
