package dev.hyperflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.models.PublicApi;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PublicApiTest {
  /**
   * What only a decoder of records, or an event that the door does not have, can be refused for.
   */
  private static final Set<String> NOT_FROM_HERE =
      Set.of(
          "NULL_KEY", "NULL_VALUE", "UNKNOWN_OPERATION", "SETTING_OUT_OF_RANGE", "WRONG_PARTITION");

  @Test
  void shouldPromiseWhatTheGoldenFileLists() {
    PublicApi.assertGolden("dev.hyperflow.engine");
  }

  @Test
  void shouldNameEveryReasonThatTheEngineGives() {
    Set<String> expected =
        new TreeSet<>(
            names(
                Arrays.stream(Reason.values())
                    .filter(reason -> reason.fate() == Reason.Fate.REFUSED)
                    .toArray(Reason[]::new)));
    expected.removeAll(NOT_FROM_HERE);

    assertThat(names(RefusedException.Reason.values()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldNamePoliciesPrecisionsAndStatusesAsTheEngineDoes() {
    assertThat(names(PersonalizerOptions.Policy.values())).isEqualTo(names(RingPolicy.values()));
    assertThat(names(PersonalizerOptions.Precision.values()))
        .isEqualTo(names(FeaturePrecision.values()));
    // Without a limit on integrations no answer is limited by it.
    assertThat(names(AnswerStatus.values()))
        .containsAll(names(Answer.Status.values()))
        .hasSize(Answer.Status.values().length + 1)
        .contains("RATE_LIMITED");
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
