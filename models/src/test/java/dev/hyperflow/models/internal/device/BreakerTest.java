package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {

  @Test
  void shouldTripAfterSoManyFailuresInARow() {
    Breaker breaker = new Breaker(2, 0);
    assertThat(breaker.deviceFailed()).isFalse();
    assertThat(breaker.deviceWorked()).isFalse();
    assertThat(breaker.deviceFailed()).isFalse();
    assertThat(breaker.deviceFailed()).isTrue();
    assertThat(breaker.tripped()).isTrue();
    assertThat(breaker.trips()).isEqualTo(1);
    assertThat(breaker.admits()).isFalse();
  }

  @Test
  void shouldNeverTripWhereItMustNot() {
    Breaker breaker = new Breaker(0, 0);
    for (int i = 0; i < 1000; i++) {
      assertThat(breaker.deviceFailed()).isFalse();
    }
    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void shouldAdmitOneRunWhenItIsDueToTryAgain() {
    // Given
    Breaker breaker = new Breaker(1, 2);
    breaker.deviceFailed();
    breaker.fallbackWorked();
    assertThat(breaker.admits()).isFalse();

    // When
    breaker.fallbackWorked();

    // Then
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).isFalse();
    assertThat(breaker.deviceWorked()).isTrue();
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.trips()).isEqualTo(1);
  }
}
