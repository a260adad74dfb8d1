package dev.hyperflow.topology;

import dev.hyperflow.engine.event.Output;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What the engine did, as metrics of Kafka Streams: a rate and a total of each, by task, in the
 * group {@code stream-hyperflow-metrics}. Used by its task's stream thread only.
 */
final class EngineSensors implements AutoCloseable {
  private static final String SCOPE = "hyperflow";

  private final StreamsMetrics metrics;
  private final List<Sensor> all = new ArrayList<>();
  private final Sensor answers;
  private final Sensor integrations;
  private final Sensor safeguarded;
  private final Sensor ignored;
  private final Sensor rejected;

  EngineSensors(StreamsMetrics metrics, TaskId task) {
    this.metrics = metrics;
    this.answers = sensor(task, "answers");
    this.integrations = sensor(task, "integrations");
    this.safeguarded = sensor(task, "safeguarded-integrations");
    this.ignored = sensor(task, "ignored-events");
    this.rejected = sensor(task, "rejected-events");
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
}
