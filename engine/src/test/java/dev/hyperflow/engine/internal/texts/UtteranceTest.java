package dev.hyperflow.engine.internal.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UtteranceTest {

  @Test
  void shouldTellAMessageWithoutALabel() {
    assertThat(new Utterance("bank", "fees", "why?").isLabelled()).isTrue();
    assertThat(new Utterance("bank", Utterance.UNLABELLED, "why?").isLabelled()).isFalse();
  }

  @Test
  void shouldRefuseToMissAnything() {
    assertThatThrownBy(() -> new Utterance("bank", null, "why?"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("label");
  }

  @Test
  void shouldLeaveRoomInTenantsForTheIdsMadeOfThem() {
    assertThat(DataLimits.of(256, 30, 40, 2)).isEqualTo(new DataLimits(236, 30, 40, 2));
  }
}
