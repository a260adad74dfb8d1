package dev.hyperflow.topology.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkBudgetsTest {
  private static final int PLENTY = 1_000;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final WorkBudgets budgets = new WorkBudgets(nanos::get, Duration.ofSeconds(12));

  @Test
  void shouldDivideTheTimeAmongTheTasksOfAThread() {
    WorkBudget.Pace one = join("0_0").pace();
    WorkBudget.Pace other = join("0_1").pace();

    work(one, 1, Duration.ofSeconds(2));
    assertThat(one.next(PLENTY)).isEqualTo(2);
    work(one, 2, Duration.ofSeconds(4));

    assertThat(one.next(PLENTY)).isZero();
    assertThat(other.next(PLENTY)).isPositive();
  }

  @Test
  void shouldBeginAnewWithEveryCommit() {
    WorkBudget.Pace pace = join("0_0").pace();
    work(pace, 1, Duration.ofSeconds(12));
    assertThat(pace.next(PLENTY)).isZero();

    commits.incrementAndGet();

    assertThat(pace.next(PLENTY)).isEqualTo(1);
  }

  @Test
  void shouldAllowOneUnitHoweverLongItTakes() {
    WorkBudget.Pace pace = join("0_0").pace();
    work(pace, 1, Duration.ofMinutes(1));
    commits.incrementAndGet();

    assertThat(pace.next(PLENTY)).isEqualTo(1);
  }

  @Test
  void shouldTryAFewUnitsFirstAndThenWhatFits() {
    WorkBudget.Pace pace = join("0_0").pace();

    assertThat(pace.next(PLENTY)).isEqualTo(WorkBudget.Pace.FIRST);
    work(pace, 4, Duration.ofMillis(400));

    assertThat(pace.next(PLENTY)).isEqualTo(116);
    assertThat(pace.next(64)).isEqualTo(64);
  }

  @Test
  void shouldForgetAStutterByAndBy() {
    WorkBudget.Pace pace = join("0_0").pace();
    work(pace, 1, Duration.ofSeconds(6));
    commits.incrementAndGet();
    assertThat(pace.next(PLENTY)).isEqualTo(2);

    for (int i = 0; i < 40; i++) {
      work(pace, 1, Duration.ofMillis(1));
    }

    assertThat(pace.next(PLENTY)).isGreaterThan(500);
  }

  @Test
  void shouldKnowSinceWhenWorkWaitsForItsCommit() {
    WorkBudget.Pace pace = join("0_3").pace();
    assertThat(budgets.longestWaiting()).isEmpty();
    work(pace, 1, Duration.ofSeconds(1));
    work(pace, 1, Duration.ofSeconds(2));

    assertThat(budgets.longestWaiting())
        .contains(new WorkBudgets.Waiting("0_3", Duration.ofSeconds(3)));
    commits.incrementAndGet();
    assertThat(budgets.longestWaiting()).isEmpty();
    work(pace, 1, Duration.ofSeconds(1));
    assertThat(budgets.longestWaiting().orElseThrow().age()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldGoOnWaitingWhenATaskIsBuiltAnewAfterAFailedCommit() {
    WorkBudget failed = join("0_0");
    work(failed.pace(), 1, Duration.ofSeconds(1));
    failed.close();
    assertThat(budgets.longestWaiting()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());

    work(join("0_0").pace(), 1, Duration.ofSeconds(1));

    assertThat(budgets.longestWaiting().orElseThrow().age()).isEqualTo(Duration.ofSeconds(32));
  }

  @Test
  void shouldNotBlameATaskThatWasAwayForLong() {
    WorkBudget away = join("0_0");
    work(away.pace(), 1, Duration.ofSeconds(1));
    away.close();
    nanos.addAndGet(Duration.ofHours(1).toNanos());

    work(join("0_0").pace(), 1, Duration.ofSeconds(1));

    assertThat(budgets.longestWaiting().orElseThrow().age()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldKnowNoBoundsWhereNobodyCountsCommits() {
    WorkBudget.Pace pace = budgets.join("0_0", Optional.empty()).pace();
    work(pace, 1, Duration.ofHours(1));

    assertThat(pace.next(PLENTY)).isEqualTo(PLENTY);
    assertThat(budgets.longestWaiting()).isEmpty();
  }

  private WorkBudget join(String task) {
    return budgets.join(task, Optional.of(commits::get));
  }

  private void work(WorkBudget.Pace pace, int units, Duration time) {
    pace.run(units, () -> nanos.addAndGet(time.toNanos()));
  }
}
