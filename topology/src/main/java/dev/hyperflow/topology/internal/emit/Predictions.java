package dev.hyperflow.topology.internal.emit;

import dev.hyperflow.engine.internal.event.LabelProbability;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes prediction records: key, timestamp and headers are those of the query. Headers that would
 * make a record larger than its topic takes are left out. Immutable.
 */
public final class Predictions {
  /**
   * The header that tells how many support events of the tenant had been applied before the answer:
   * 8 bytes, big-endian. It grows until the tenant is forgotten, and is absent when the head that
   * answered is older than some of them. It is a header, not a field, since it depends on the
   * history and not on the support set alone.
   */
  public static final String SUPPORT_EVENTS_HEADER = "hyperflow-support-events";

  /**
   * The header of an answer to a text of which a part was read: {@code true}. The limit on texts or
   * the encoder left out the rest.
   */
  public static final String TRUNCATED_HEADER = "hyperflow-truncated";

  private final long roomForHeaders;

  /**
   * Predictions of a size.
   *
   * @param limit how large their records may be, bytes
   * @param mostBytes of a record without headers, as {@link #mostBytes} says
   */
  public Predictions(int limit, long mostBytes) {
    this.roomForHeaders = limit - mostBytes;
  }

  /**
   * The most bytes of a record without the headers of its query.
   *
   * @param limits on ids and labels, characters
   * @param topK number of labels with their probabilities
   */
  public static long mostBytes(Limits limits, int topK) {
    int labels = topK + 2; // the first and the initial one stand there once more
    return RecordLimits.FRAME
        + 2 * RecordLimits.utf8(limits.idLength()) // tenant and query
        + labels * (RecordLimits.utf8(limits.labelLength()) + 2 * Long.BYTES);
  }

  /**
   * The prediction that answers the query of {@code record}.
   *
   * @param truncated whether a part of its text was read
   */
  public Record<byte[], Object> record(
      Record<byte[], ?> record, Output.Answer answer, boolean truncated) {
    Output.Verdict verdict = answer.verdict();
    List<dev.hyperflow.events.LabelProbability> top =
        verdict.topLabels().stream().map(Predictions::toAvro).toList();
    // Setters: the builder checks every field, and the serializer does it again.
    Prediction prediction = new Prediction();
    prediction.setQueryId(answer.queryId());
    prediction.setStatus(PredictionStatus.valueOf(verdict.status().name()));
    prediction.setLabel(verdict.label().orElse(null));
    prediction.setTopLabels(top);
    prediction.setConfidence(top.isEmpty() ? 0 : top.get(0).getProbability());
    prediction.setAbstained(verdict.abstained());
    prediction.setScope(verdict.scope().orElse(null));
    prediction.setInitialLabel(verdict.initialLabel().orElse(null));
    prediction.setBundleId(answer.bundleId());
    prediction.setSupportFingerprint(answer.support().fingerprint().toHex());
    prediction.setSupportCount(answer.support().examples());
    prediction.setLabelCount(answer.support().labels());
    Headers headers =
        RecordHeadersCopy.of(record.headers(), roomForHeaders)
            .remove(SUPPORT_EVENTS_HEADER)
            .remove(TRUNCATED_HEADER);
    if (truncated) {
      headers.add(TRUNCATED_HEADER, "true".getBytes(StandardCharsets.UTF_8));
    }
    answer
        .support()
        .events()
        .ifPresent(
            events ->
                headers.add(
                    SUPPORT_EVENTS_HEADER,
                    ByteBuffer.allocate(Long.BYTES).putLong(events).array()));
    return new Record<>(record.key(), prediction, record.timestamp(), headers);
  }

  private static dev.hyperflow.events.LabelProbability toAvro(LabelProbability label) {
    return new dev.hyperflow.events.LabelProbability(label.label(), label.probability());
  }
}
