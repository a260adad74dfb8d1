package dev.hyperflow.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitCodeTest {

  @Test
  void shouldKeepItsNumbers() {
    assertThat(ExitCode.OK.code()).isZero();
    assertThat(ExitCode.FAILED.code()).isEqualTo(1);
    assertThat(ExitCode.USAGE.code()).isEqualTo(2);
    assertThat(ExitCode.STARTUP.code()).isEqualTo(3);
    assertThat(ExitCode.UNCLEAN.code()).isEqualTo(4);
    assertThat(ExitCode.values()).hasSize(5);
  }
}
