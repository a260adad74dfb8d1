package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.topology.internal.observe.Occasions;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LabelClockTest {
  private final Timer timer = new SimpleMeterRegistry().timer("labels");
  private final LabelClock clock = new LabelClock(timer);

  @Test
  void shouldTimeFromTheOldestLabelThatTheHeadDoesNotKnow() {
    clock.applied(Occasions.add("t", 0), 100);
    clock.applied(Occasions.add("t", 0), 200);
    clock.adapted("t", 350);
    clock.applied(Occasions.add("t", 0), 400);
    clock.adapted("t", 450);

    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(300);
  }

  @Test
  void shouldNotTimeHeadsThatLearnNothing() {
    clock.applied(new Event.Retract("t", 0, "e1"), 100);
    clock.adapted("t", 200);

    assertThat(timer.count()).isZero();
  }

  @Test
  void shouldForgetALabelWithItsTenant() {
    clock.applied(Occasions.add("t", 0), 100);
    clock.applied(new Event.ForgetTenant("t", 0), 150);
    clock.adapted("t", 200);

    assertThat(timer.count()).isZero();
  }

  @Test
  void shouldNeverMeasureLessThanNothing() {
    clock.applied(Occasions.add("t", 0), 1_000);
    clock.adapted("t", 200);

    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isZero();
  }

  @Test
  void shouldGiveUpTheLongestWaitingOfVeryManyTenants() {
    for (int i = 0; i <= LabelClock.MAX_TENANTS; i++) {
      clock.applied(Occasions.add("t" + i, 0), i);
    }
    clock.adapted("t0", LabelClock.MAX_TENANTS);
    assertThat(timer.count()).isZero();

    clock.adapted("t1", LabelClock.MAX_TENANTS);
    assertThat(timer.count()).isEqualTo(1);
  }
}
