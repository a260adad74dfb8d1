package dev.hyperflow.models.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.verify.Finding.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

  @ParameterizedTest
  @CsvSource({"OK, true", "NOTE, true", "SKIPPED, true", "FAILED, false"})
  void shouldBeRefusedForAFailureOnly(Status status, boolean ok) {
    Finding fine = new Finding("start", Status.OK, "this", "this");
    Report report = new Report("here", "", List.of(fine, new Finding("loss", status, "a", "b")));
    assertThat(report.ok()).isEqualTo(ok);
  }

  @Test
  void shouldPutAFindingIntoOneLine() {
    assertThat(new Finding("loss", Status.OK, "a fall", "1 after 2"))
        .hasToString("OK      loss: expected a fall; found 1 after 2");
  }
}
