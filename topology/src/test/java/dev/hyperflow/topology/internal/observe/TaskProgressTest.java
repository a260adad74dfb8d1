package dev.hyperflow.topology.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.EngineProgress;
import org.junit.jupiter.api.Test;

class TaskProgressTest {
  private final TaskProgress tasks = new TaskProgress();

  @Test
  void shouldAddUpWhatEachTaskToldLast() {
    tasks.progress("0_0", new EngineProgress(9, true, 1));
    tasks.progress("0_0", new EngineProgress(3, true, 10));
    tasks.progress("0_1", new EngineProgress(4, false, 20));

    assertThat(tasks.tasks()).isEqualTo(2);
    assertThat(tasks.staleTenants()).isEqualTo(7);
    assertThat(tasks.sweeps()).isEqualTo(1);
    assertThat(tasks.sweptTenants()).isEqualTo(30);
  }

  @Test
  void shouldForgetTasksThatLeft() {
    tasks.progress("0_0", new EngineProgress(3, true, 10));
    tasks.closed("0_0");
    tasks.closed("never there");

    assertThat(tasks.tasks()).isZero();
    assertThat(tasks.staleTenants()).isZero();
    assertThat(tasks.sweeps()).isZero();
  }
}
