package dev.hyperflow.topology.internal.emit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.LabelProbability;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionsTest {
  private static final byte[] KEY = "acme".getBytes(UTF_8);
  private static final Fingerprint FINGERPRINT = new Fingerprint(0xAB, 0xCD);

  @Test
  void shouldCarryTheWholeAnswer() {
    Record<byte[], Object> record =
        record(
            new Output.Verdict(
                AnswerStatus.PERSONALISED,
                List.of(new LabelProbability("billing", 0.75f), new LabelProbability("tech", 0.2f)),
                true,
                Optional.of("tech"),
                Optional.of(0.625f)),
            OptionalLong.empty());

    assertThat(record.key()).isEqualTo(KEY);
    assertThat(record.timestamp()).isEqualTo(42);
    assertThat(record.value())
        .isEqualTo(
            Prediction.newBuilder()
                .setQueryId("q1")
                .setStatus(PredictionStatus.PERSONALISED)
                .setLabel("billing")
                .setTopLabels(
                    List.of(
                        new dev.hyperflow.events.LabelProbability("billing", 0.75f),
                        new dev.hyperflow.events.LabelProbability("tech", 0.2f)))
                .setConfidence(0.75f)
                .setAbstained(true)
                .setScope(0.625f)
                .setInitialLabel("tech")
                .setBundleId("bundle-1")
                .setSupportFingerprint("00000000000000ab00000000000000cd")
                .setSupportCount(12)
                .setLabelCount(2)
                .build());
  }

  @Test
  void shouldSayWhetherAPartOfTheTextWasRead() {
    Headers whole = record(noLabels(), OptionalLong.empty(), false).headers();
    Headers cut = record(noLabels(), OptionalLong.empty(), true).headers();

    assertThat(whole.lastHeader("hyperflow-truncated")).isNull();
    assertThat(cut.headers("hyperflow-truncated"))
        .singleElement()
        .satisfies(header -> assertThat(header.value()).isEqualTo("true".getBytes(UTF_8)));
  }

  @Test
  void shouldGiveNoLabelAndNoConfidenceWithoutLabels() {
    Prediction prediction = (Prediction) record(noLabels(), OptionalLong.empty()).value();

    assertThat(prediction.getStatus()).isEqualTo(PredictionStatus.NO_LABELS);
    assertThat(prediction.getLabel()).isNull();
    assertThat(prediction.getInitialLabel()).isNull();
    assertThat(prediction.getTopLabels()).isEmpty();
    assertThat(prediction.getConfidence()).isZero();
    assertThat(prediction.getScope()).isNull();
  }

  @Test
  void shouldTellHowManyEventsCameBefore() {
    Headers headers = record(noLabels(), OptionalLong.of(258)).headers();

    assertThat(headers.lastHeader(Predictions.SUPPORT_EVENTS_HEADER).value())
        .isEqualTo(ByteBuffer.allocate(Long.BYTES).putLong(258).array());
    assertThat(headers.lastHeader("trace").value()).isEqualTo(new byte[] {9});
  }

  @Test
  void shouldNotPassOnTheCountOfAnotherAnswer() {
    Headers headers = record(noLabels(), OptionalLong.empty()).headers();

    assertThat(headers.lastHeader(Predictions.SUPPORT_EVENTS_HEADER)).isNull();
    assertThat(headers.lastHeader("trace").value()).isEqualTo(new byte[] {9});
  }

  @ParameterizedTest
  @EnumSource(AnswerStatus.class)
  void shouldHaveAnAvroStatusForEveryStatus(AnswerStatus status) {
    Output.Verdict verdict =
        new Output.Verdict(status, List.of(), true, Optional.empty(), Optional.empty());
    Prediction prediction = (Prediction) record(verdict, OptionalLong.empty()).value();

    assertThat(prediction.getStatus().name()).isEqualTo(status.name());
  }

  private static Output.Verdict noLabels() {
    return new Output.Verdict(
        AnswerStatus.NO_LABELS, List.of(), true, Optional.empty(), Optional.empty());
  }

  /** The answer to a query that itself carries the count of an earlier answer. */
  private static Record<byte[], Object> record(Output.Verdict verdict, OptionalLong events) {
    return record(verdict, events, false);
  }

  private static Record<byte[], Object> record(
      Output.Verdict verdict, OptionalLong events, boolean truncated) {
    Headers headers =
        new RecordHeaders()
            .add("trace", new byte[] {9})
            .add(Predictions.TRUNCATED_HEADER, new byte[] {1})
            .add(Predictions.SUPPORT_EVENTS_HEADER, new byte[] {1});
    return new Predictions(1 << 20, 1 << 10)
        .record(
            new Record<>(KEY, "ignored", 42, headers),
            new Output.Answer(
                0,
                "q1",
                "bundle-1",
                verdict,
                new Output.SupportSummary(FINGERPRINT, 12, 2, events)),
            truncated);
  }
}
