package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadsTest {

  @Test
  void shouldTakeTheOneThatIsThere() {
    assertThat(Payloads.of("", "hello", null)).isEqualTo(new Payload.Text("hello"));
    assertThat(Payloads.of("", null, List.of(1f, 2f)))
        .isEqualTo(new Payload.Features(FeatureVector.of(new float[] {1, 2})));
  }

  @Test
  void shouldNameTheFieldThatIsMissingOrTooMuch() {
    assertInvalid("with[1].text", "found none", () -> Payloads.of("with[1].", null, null));
    assertInvalid("text", "found both", () -> Payloads.of("", "a", List.of(1f)));
    assertInvalid("features", "at least one number", () -> Payloads.of("", null, List.of()));
    assertInvalid(
        "features[1]", "found null", () -> Payloads.of("", null, Arrays.asList(1f, null)));
  }

  private static void assertInvalid(String field, String message, ThrowingCallable reading) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(reading)
        .withMessageContaining(message)
        .satisfies(
            e -> {
              assertThat(e.problem().code()).isEqualTo(ErrorCode.INVALID);
              assertThat(e.problem().field()).isEqualTo(field);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "payload.text: too long,                text",
    "payload.values[3]: not finite,         features[3]",
    "payload: expected features,            features",
    "expiresAtEpochMillis: in the past,     expiresAt",
    "label: too long,                       label",
  })
  void shouldNameTheFieldOfTheRequestThatTheEngineRefuses(String message, String field) {
    Rejection rejection = new Rejection(Stage.VALIDATE, Reason.WRONG_DIMENSION, message);

    assertThat(Payloads.refusal("", rejection).problem().field()).isEqualTo(field);
    assertThat(Payloads.refusal("with[0].", rejection).problem().field())
        .isEqualTo("with[0]." + field);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldHaveARefusalForEveryReason(Reason reason) {
    ProblemException refusal =
        Payloads.refusal("", new Rejection(Stage.VALIDATE, reason, "payload: no"));

    assertThat(refusal.problem().status()).isBetween(400, 499);
    assertThat(refusal.problem().field() == null)
        .isEqualTo(refusal.problem().code() != ErrorCode.INVALID);
  }
}
