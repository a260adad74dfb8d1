package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.LoggedEvents;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailoverTest {

  private static final int TRIPS_AFTER = 3;
  private static final int NEVER = 0;

  private final ScriptedModel device = new ScriptedModel();
  private final ScriptedModel processor = new ScriptedModel();
  @RegisterExtension final LoggedEvents events = new LoggedEvents(Failover.class);

  @Test
  void shouldHalveARunThatDoesNotFitTheMemory() {
    // Given a device with memory for two items
    device.failsAt(items -> items.size() > 2);
    Failover<Integer, Integer> failover = failover(NEVER);

    // When
    List<Integer> results = failover.apply(List.of(1, 2, 3, 4, 5));

    // Then the results are in order, and nothing is held against the device
    assertThat(results).containsExactly(2, 4, 6, 8, 10);
    assertThat(device.runs)
        .containsExactly(
            List.of(1, 2, 3, 4, 5), List.of(1, 2), List.of(3, 4, 5), List.of(3), List.of(4, 5));
    assertThat(processor.runs).isEmpty();
    assertThat(failover.halvings()).isEqualTo(2);
    assertThat(failover.failures()).isEqualTo(2);
    assertThat(failover.lastFailure()).contains("failed at [3, 4, 5]");
    assertThat(failover.breaker().trips()).isZero();
    assertThat(events.loud()).isEmpty();
  }

  @Test
  void shouldGiveUpADeviceThatKeepsFailingAndSayItOnce() {
    // Given
    device.failsAt(items -> true);
    Failover<Integer, Integer> failover = failover(NEVER);

    // When
    List<Integer> results = failover.apply(List.of(1, 2, 3, 4, 5, 6, 7, 8));
    failover.apply(List.of(9, 10));

    // Then every item is answered, and after the third the processor takes over whole runs
    assertThat(results).containsExactly(2, 4, 6, 8, 10, 12, 14, 16);
    assertThat(processor.runs)
        .containsExactly(
            List.of(1), List.of(2), List.of(3), List.of(4), List.of(5, 6, 7, 8), List.of(9, 10));
    assertThat(device.runs).hasSize(7);
    assertThat(failover.breaker().tripped()).isTrue();
    assertThat(failover.breaker().trips()).isEqualTo(1);

    // and one line says what happened and what it costs
    assertThat(events.loud()).hasSize(1);
    ILoggingEvent error = events.loud().get(0);
    assertThat(error.getLevel()).isEqualTo(Level.ERROR);
    assertThat(error.getFormattedMessage())
        .contains("DEVICE cuda:1 GIVEN UP, model runs on the processor.")
        .contains("failed at [3]");
    assertThat(error.getKeyValuePairs())
        .extracting(pair -> pair.key + "=" + pair.value)
        .containsExactly(
            "model=model",
            "device=cuda:1",
            "failures=7",
            "halvings=4",
            "trips=1",
            "reason=failed at [3]");
  }

  @Test
  void shouldNotTripOverAPoisonItem() {
    // Given items that no device can do
    device.failsAt(items -> items.contains(13));
    processor.failsAt(items -> items.contains(13));
    Failover<Integer, Integer> failover = failover(NEVER);

    // When it comes again and again
    for (int call = 0; call < 3 * TRIPS_AFTER; call++) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> failover.apply(List.of(1, 13)))
          .withMessage("failed at [13]")
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    // Then
    assertThat(failover.breaker().trips()).isZero();
    assertThat(failover.apply(List.of(5))).containsExactly(10);
    assertThat(events.loud()).isEmpty();
  }

  @Test
  void shouldForgiveFailuresThatAreNotInARow() {
    // Given a device that fails at odd numbers
    device.failsAt(items -> items.stream().anyMatch(item -> item % 2 == 1));
    Failover<Integer, Integer> failover = failover(NEVER);

    // When
    for (int item = 0; item < 20; item++) {
      assertThat(failover.apply(List.of(item))).containsExactly(2 * item);
    }

    // Then
    assertThat(failover.failures()).isEqualTo(10);
    assertThat(failover.breaker().trips()).isZero();
  }

  @Test
  void shouldSurfaceASingleFailureWithoutAFallback() {
    // Given
    device.failsAt(items -> items.contains(3));
    Failover<Integer, Integer> failover =
        new Failover<>("model", "cuda:1", device, Optional.empty(), new Breaker(0, NEVER));

    // Then
    for (int call = 0; call < 10; call++) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> failover.apply(List.of(1, 2, 3, 4)))
          .withMessage("failed at [3]");
    }
    assertThat(failover.breaker().trips()).isZero();
  }

  @Test
  void shouldLeaveABadRequestToItsCaller() {
    // Given
    Failover<Integer, Integer> failover =
        new Failover<>(
            "model",
            "cuda:1",
            items -> {
              throw new IllegalArgumentException("too many labels");
            },
            Optional.of(processor),
            new Breaker(1, NEVER));

    // Then
    assertThatIllegalArgumentException().isThrownBy(() -> failover.apply(List.of(1, 2)));
    assertThat(failover.failures()).isZero();
    assertThat(processor.runs).isEmpty();
  }

  @Test
  void shouldTryTheDeviceAgainAfterSoManyFallbackRuns() {
    // Given a device that was given up, and is tried every second run
    device.failsAt(items -> true);
    Failover<Integer, Integer> failover = failover(2);
    IntStream.range(0, TRIPS_AFTER).forEach(item -> failover.apply(List.of(item)));
    device.runs.clear();

    // When it is tried in vain
    for (int call = 0; call < 3; call++) {
      assertThat(failover.apply(List.of(7, 8))).containsExactly(14, 16);
    }

    // Then the run is not halved, and the processor does it
    assertThat(device.runs).containsExactly(List.of(7, 8));
    assertThat(failover.breaker().tripped()).isTrue();

    // When it works again
    device.failsAt(items -> false);
    device.runs.clear();
    for (int call = 0; call < 3; call++) {
      assertThat(failover.apply(List.of(9))).containsExactly(18);
    }

    // Then it is in use
    assertThat(device.runs).hasSize(2);
    assertThat(failover.breaker().tripped()).isFalse();
    assertThat(failover.breaker().trips()).isEqualTo(1);
    assertThat(events.loud())
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.WARN);
  }

  private Failover<Integer, Integer> failover(int runsToRetry) {
    return new Failover<>(
        "model", "cuda:1", device, Optional.of(processor), new Breaker(TRIPS_AFTER, runsToRetry));
  }
}
