package dev.hyperflow.topology.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
  private static final TopicPartition ZERO = new TopicPartition("changelog", 0);
  private static final TopicPartition ONE = new TopicPartition("changelog", 1);

  private final RestoreProgress progress = new RestoreProgress();

  @Test
  void shouldAddUpWhatIsLeftOfAllStores() {
    progress.onRestoreStart(ZERO, "memory", 0, 100);
    progress.onRestoreStart(ONE, "memory", 50, 150);
    progress.onBatchRestored(ZERO, "memory", 50, 50);

    assertThat(progress.left()).isEqualTo(new RestoreProgress.Left(150, 200));
    assertThat(progress.left().fraction()).isEqualTo(0.25);
  }

  @Test
  void shouldForgetStoresThatAreRestoredOrMoved() {
    progress.onRestoreStart(ZERO, "memory", 0, 100);
    progress.onRestoreStart(ONE, "memory", 0, 100);
    progress.onRestoreEnd(ZERO, "memory", 100);
    progress.onRestoreSuspended(ONE, "memory", 20);
    progress.onBatchRestored(ONE, "memory", 40, 20);

    assertThat(progress.left()).isEqualTo(new RestoreProgress.Left(0, 0));
    assertThat(progress.left().fraction()).isEqualTo(1);
  }

  @Test
  void shouldNeverCountLessThanNothingLeft() {
    progress.onRestoreStart(ZERO, "memory", 10, 5);
    progress.onRestoreStart(ONE, "memory", 0, 5);
    progress.onBatchRestored(ONE, "memory", 9, 9);

    assertThat(progress.left()).isEqualTo(new RestoreProgress.Left(0, 5));
  }
}
