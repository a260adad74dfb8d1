package dev.hyperflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.events.LabelProbability;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import java.util.List;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class EventRecordTest {
  @Test
  void shouldLetRecordsBeBuiltAndCopiedWithoutSystemProperties() {
    Prediction prediction =
        Prediction.newBuilder()
            .setQueryId("q")
            .setStatus(PredictionStatus.NO_LABELS)
            .setBundleId("b")
            .setSupportFingerprint("00")
            .setSupportCount(0)
            .setLabelCount(0)
            .build();
    prediction.setTopLabels(List.of(new LabelProbability("a", 1f)));

    assertThat(Prediction.newBuilder(prediction).build()).isEqualTo(prediction);
  }

  @Test
  void shouldTrustTheGeneratedRecordsAndNothingElse() {
    assertThat(new LabelProbability()).isNotNull();

    assertThatCode(() -> ClassSecurityValidator.validate(Prediction.class))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(SecurityException.class)
        .isThrownBy(() -> ClassSecurityValidator.validate(Runtime.class));
  }
}
