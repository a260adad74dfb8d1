package dev.hyperflow.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void shouldSayTimeAsPeopleDo() {
    assertThat(Progress.human(42_000_000_000L)).isEqualTo("42 s");
    assertThat(Progress.human(600_000_000_000L)).isEqualTo("10 min");
    assertThat(Progress.human(3_600_000_000_000L * 3)).isEqualTo("3.0 h");
  }
}
