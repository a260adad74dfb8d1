package dev.hyperflow.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void shouldTakeTheMiddleOfAnyNumberOfValues() {
    assertThat(Spread.of(3)).isEqualTo(new Spread(3, 3, 3));
    assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(5, 1, 9));
    assertThat(Spread.of(4, 1, 2, 8)).isEqualTo(new Spread(3, 1, 8));
    assertThatThrownBy(Spread::of).hasMessageContaining("expected at least one");
  }

  @Test
  void shouldInterpolatePercentiles() {
    double[] sorted = {0, 10, 20, 30, 40};

    assertThat(Spread.percentile(sorted, 0)).isEqualTo(0);
    assertThat(Spread.percentile(sorted, 0.99)).isEqualTo(39.6);
    assertThat(Spread.percentile(sorted, 1)).isEqualTo(40);
  }

  @Test
  void shouldAlignTextAndSeparateMarkdown() {
    Section section =
        new Section(
            "Title",
            List.of("", "figure"),
            List.of(List.of("first", "1"), List.of("2nd", "1,000")),
            List.of("ratio: 0.50"));

    assertThat(section.text())
        .isEqualTo(
            """
            Title
                     figure
              first       1
              2nd     1,000
              → ratio: 0.50
            """);
    assertThat(section.markdown())
        .isEqualTo(
            """
            ### Title

            - **ratio: 0.50**

            |  | figure |
            | --- | --- |
            | first | 1 |
            | 2nd | 1,000 |
            """);
  }
}
