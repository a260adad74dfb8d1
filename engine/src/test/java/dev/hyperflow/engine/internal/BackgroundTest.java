package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Output;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep after a start. */
class BackgroundTest {
  private static final int TENANTS = 30;

  private final EngineFixture fixture = EngineFixture.create();

  @BeforeEach
  void learn() {
    for (int i = 0; i < TENANTS; i++) {
      fixture.process(add("t" + i, "r", "red", 1, 0), query("t" + i, "q", 1, 0));
    }
    fixture.settle();
  }

  @Test
  void shouldMakeTheHeadsThatARestartLostAFewAtATime() {
    fixture.heads.clear();
    fixture.restart();
    assertThat(fixture.engine.progress().sweeping()).isTrue();

    List<Integer> paced = new ArrayList<>();
    while (fixture.engine.progress().sweeping()) {
      paced.add(Outcomes.of(Output.HeadAdapted.class, fixture.engine.tick()).size());
    }

    assertThat(paced).allSatisfy(heads -> assertThat(heads).isLessThanOrEqualTo(5));
    assertThat(paced.stream().mapToInt(Integer::intValue).sum()).isEqualTo(TENANTS);
    assertThat(fixture.heads.size()).isEqualTo(TENANTS);
    assertThat(fixture.engine.progress().visitedTenants()).isEqualTo(TENANTS);
  }

  @Test
  void shouldMakeNoHeadThatIsThere() {
    fixture.restart();

    assertThat(fixture.settle()).isEmpty();
    assertThat(fixture.engine.progress().busy()).isFalse();
  }

  @Test
  void shouldDropTheHeadsOfBundlesThatAreGone() {
    fixture.restart(EngineFixture.model("next"));
    fixture.settle();

    assertThat(fixture.heads.size()).isEqualTo(TENANTS);
    assertThat(fixture.heads.head("t0", "bundle")).isEmpty();
    assertThat(fixture.heads.head("t0", "next")).isPresent();
  }

  @Test
  void shouldAnswerInTheMeantime() {
    fixture.heads.clear();
    fixture.restart();
    fixture.engine.tick();

    assertThat(Outcomes.label(fixture.process(query("t9", "q", 1, 0)))).isEqualTo("red");
    fixture.settle();
    assertThat(fixture.heads.size()).isEqualTo(TENANTS);
  }
}
