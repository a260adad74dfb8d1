package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.CrossValidation;
import dev.hyperflow.server.json.Tenants;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossValidationReportTest {
  private static final double TOLERANCE = 1e-6;

  private static Map<String, Float> probabilities(String best, float p, String other) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    probabilities.put(best, p);
    probabilities.put(other, 1 - p);
    return probabilities;
  }

  @Test
  void shouldCountHitsErrorsAndTheirConfidence() {
    Tenants.CrossValidated report =
        CrossValidationReport.of(
            List.of("a", "b"),
            List.of(
                new CrossValidation.Test("a", probabilities("a", 0.75f, "b")),
                new CrossValidation.Test("b", probabilities("a", 0.75f, "b"))));

    assertThat(report.crossValidatedAccuracy()).as("of a handful").isNull();
    assertThat(report.confusion()).containsExactly(List.of(1, 0), List.of(1, 0));
    assertThat(report.brier()).isCloseTo((0.125 + 1.125) / 2, within(TOLERANCE));
    assertThat(report.ece()).isCloseTo(0.25, within(TOLERANCE));
    assertThat(report.reliability().get(7).count()).isEqualTo(2);
  }

  @Test
  void shouldGiveItsAccuracyWithAnIntervalFromTwentyExamplesOn() {
    CrossValidation.Test right = new CrossValidation.Test("a", probabilities("a", 0.75f, "b"));

    Tenants.CrossValidated few =
        CrossValidationReport.of(List.of("a", "b"), Collections.nCopies(19, right));
    Tenants.CrossValidated enough =
        CrossValidationReport.of(List.of("a", "b"), Collections.nCopies(20, right));

    assertThat(few.crossValidatedAccuracy()).isNull();
    assertThat(enough.crossValidatedAccuracy().value()).isEqualTo(1);
    assertThat(enough.crossValidatedAccuracy().low()).isCloseTo(0.8389, within(1e-4));
  }

  @Test
  void shouldPutCertaintyIntoTheLastBin() {
    Tenants.CrossValidated report =
        CrossValidationReport.of(
            List.of("a", "b"), List.of(new CrossValidation.Test("a", probabilities("a", 1, "b"))));

    assertThat(report.reliability()).hasSize(10);
    assertThat(report.reliability().get(9).count()).isEqualTo(1);
    assertThat(report.ece()).isZero();
  }

  @Test
  void shouldClaimNothingWithoutTests() {
    Tenants.CrossValidated report = CrossValidationReport.of(List.of("a"), List.of());

    assertThat(report.examples()).isZero();
    assertThat(report.crossValidatedAccuracy()).isNull();
    assertThat(report.brier()).isNull();
    assertThat(report.ece()).isNull();
  }
}
