package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.models.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MergingExecutorTest {

  private static final String THREAD = "owner-under-test";
  private static final long NO_WAIT = 0;
  private static final long FOR_EVER = Duration.ofDays(1).toNanos();

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final OwnerThread owner = new OwnerThread(THREAD);
  private final ScriptedModel model = new ScriptedModel();
  private final List<MergingExecutor<?, ?>> opened = new ArrayList<>();

  @AfterEach
  void stop() {
    model.letRun(1_000);
    opened.forEach(MergingExecutor::close);
    callers.shutdownNow();
  }

  @Test
  void shouldMergeWhatPilesUpWhileTheDeviceIsBusy() throws Exception {
    // Given a device that is busy with a first request
    MergingExecutor<Integer, Integer> executor = busyWith(1, 8, NO_WAIT);
    Future<List<Integer>> two = submit(executor, 2);
    Future<List<Integer>> more = submit(executor, 3, 4);
    Future<List<Integer>> five = submit(executor, 5);

    // When
    model.letRun(2);

    // Then everyone gets its own slice of the one run
    assertThat(two.get()).containsExactly(4);
    assertThat(more.get()).containsExactly(6, 8);
    assertThat(five.get()).containsExactly(10);
    assertThat(model.runs).containsExactly(List.of(1), List.of(2, 3, 4, 5));
    assertThat(executor.requests()).isEqualTo(4);
    assertThat(executor.runs()).isEqualTo(2);
  }

  @Test
  void shouldMergeWholeRequestsUpToTheLargestBatch() throws Exception {
    // Given
    MergingExecutor<Integer, Integer> executor = busyWith(1, 4, NO_WAIT);
    Future<List<Integer>> two = submit(executor, 2, 3);
    Future<List<Integer>> one = submit(executor, 4);
    Future<List<Integer>> next = submit(executor, 5, 6);
    Future<List<Integer>> last = submit(executor, 7, 8, 9, 10, 11, 12);

    // When
    model.letRun(4);

    // Then none is cut, also the one that is larger than a batch
    assertThat(two.get()).containsExactly(4, 6);
    assertThat(one.get()).containsExactly(8);
    assertThat(next.get()).containsExactly(10, 12);
    assertThat(last.get()).containsExactly(14, 16, 18, 20, 22, 24);
    assertThat(model.runs)
        .containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6), List.of(7, 8, 9, 10, 11, 12));
  }

  @Test
  void shouldWaitForCompanyUntilTheBatchIsFull() throws Exception {
    // Given
    MergingExecutor<Integer, Integer> executor = open(3, FOR_EVER, model);

    // When
    Future<List<Integer>> first = submit(executor, 1);
    Future<List<Integer>> second = submit(executor, 2, 3);

    // Then
    assertThat(first.get()).containsExactly(2);
    assertThat(second.get()).containsExactly(4, 6);
    assertThat(model.runs).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void shouldNotWaitLongerThanAllowed() {
    // Given
    long wait = Duration.ofMillis(20).toNanos();
    MergingExecutor<Integer, Integer> executor = open(64, wait, model);

    // When
    long start = System.nanoTime();
    List<Integer> result = executor.run(List.of(1));

    // Then
    assertThat(result).containsExactly(2);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(wait);
  }

  @Test
  void shouldShowEveryCallerItsOwnFailureOnly() throws Exception {
    // Given
    model.failsAt(items -> items.contains(3));
    MergingExecutor<Integer, Integer> executor = busyWith(1, 8, NO_WAIT);
    Future<List<Integer>> before = submit(executor, 2);
    Future<List<Integer>> poisoned = submit(executor, 3);
    Future<List<Integer>> after = submit(executor, 4);

    // When
    model.letRun(5);

    // Then
    assertThat(before.get()).containsExactly(4);
    assertThat(after.get()).containsExactly(8);
    assertThatThrownBy(poisoned::get)
        .hasCauseInstanceOf(ModelException.class)
        .hasMessageContaining("failed at [3]");
  }

  @Test
  void shouldOutliveWhateverAModelThrows() {
    // Given
    Function<List<Integer>, List<Integer>> broken =
        items -> {
          throw new StackOverflowError("deep");
        };
    MergingExecutor<Integer, Integer> executor = open(8, NO_WAIT, broken);

    // Then
    for (int call = 0; call < 2; call++) {
      assertThatExceptionOfType(StackOverflowError.class)
          .isThrownBy(() -> executor.run(List.of(1)))
          .withMessage("deep");
    }
  }

  @Test
  void shouldRefuseAWrongNumberOfResults() {
    // Given
    MergingExecutor<Integer, Integer> executor = open(8, NO_WAIT, items -> List.of());

    // Then
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> executor.run(List.of(1, 2)))
        .withMessage("model: expected 2 results, found 0");
  }

  @Test
  void shouldRunWhatIsQueuedWhenItCloses() throws Exception {
    // Given requests that would wait for company for ever
    MergingExecutor<Integer, Integer> executor = open(64, FOR_EVER, model);
    Future<List<Integer>> one = submit(executor, 1);
    Future<List<Integer>> two = submit(executor, 2);

    // When
    executor.close();
    executor.close();

    // Then they are done, later ones are refused, and the thread ends
    assertThat(one.get()).containsExactly(2);
    assertThat(two.get()).containsExactly(4);
    assertThatIllegalStateException()
        .isThrownBy(() -> executor.run(List.of(3)))
        .withMessage("model is closed");
    await().until(() -> !ownerLives());
  }

  @Test
  void shouldWaitForTheRunUnderWayWhenItCloses() {
    // Given
    MergingExecutor<Integer, Integer> executor = busyWith(1, 8, NO_WAIT);

    // When
    Future<?> closing = callers.submit(executor::close);
    await().until(() -> refuses(executor));

    // Then
    assertThat(closing).isNotDone();
    model.letRun(1);
    await().until(closing::isDone);
  }

  @Test
  void shouldForgetTheRequestOfAnInterruptedCaller() {
    // Given a caller in the queue of a busy device
    MergingExecutor<Integer, Integer> executor = busyWith(1, 8, NO_WAIT);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    Thread caller =
        new Thread(
            () -> {
              try {
                seen.add(executor.run(List.of(2)));
              } catch (CancellationException e) {
                seen.add(e.getMessage());
                seen.add(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    await().until(() -> executor.requests() == 2);

    // When
    caller.interrupt();

    // Then
    await().until(() -> !caller.isAlive());
    assertThat(seen).containsExactly("model: interrupted while waiting for the device", true);
    model.letRun(1);
    executor.close();
    assertThat(model.runs).containsExactly(List.of(1));
  }

  @Test
  void shouldServeAllModelsOfADeviceOnOneThread() {
    // Given
    Function<List<Integer>, List<String>> threadName =
        items -> Collections.nCopies(items.size(), Thread.currentThread().getName());
    MergingExecutor<Integer, String> first = open(8, NO_WAIT, threadName);
    MergingExecutor<Integer, String> second = open(8, NO_WAIT, threadName);

    // Then it lives until the last one is closed
    assertThat(first.run(List.of(1))).containsExactly(THREAD);
    assertThat(second.run(List.of(1))).containsExactly(THREAD);
    first.close();
    assertThat(second.run(List.of(2))).containsExactly(THREAD);
    second.close();
    await().until(() -> !ownerLives());
  }

  @Test
  void shouldAnswerOrRefuseEveryCallOfManyThreadsWhileItCloses() throws Exception {
    for (int round = 0; round < 50; round++) {
      // Given
      MergingExecutor<Integer, Integer> executor = open(5, round % 3 * 50_000L, model);
      List<Future<Boolean>> calls = new ArrayList<>();

      // When closed in the middle of many calls
      for (int call = 0; call < 40; call++) {
        List<Integer> items = Collections.nCopies(1 + call % 7, call);
        calls.add(callers.submit(() -> answers(executor, items)));
      }
      calls.get(round % 40).get();
      executor.close();

      // Then
      for (Future<Boolean> call : calls) {
        assertThat(call.get()).isIn(true, false);
      }
    }
  }

  /** Whether it gives the right answer; false if it refuses. */
  private static boolean answers(MergingExecutor<Integer, Integer> executor, List<Integer> items) {
    try {
      assertThat(executor.run(items)).isEqualTo(ScriptedModel.doubled(items));
      return true;
    } catch (IllegalStateException closed) {
      return false;
    }
  }

  private static boolean refuses(MergingExecutor<Integer, Integer> executor) {
    try {
      executor.run(List.of());
      return false;
    } catch (IllegalStateException closed) {
      return true;
    }
  }

  private <O> MergingExecutor<Integer, O> open(
      int largestBatch, long longestWaitNanos, Function<List<Integer>, List<O>> function) {
    MergingExecutor<Integer, O> executor =
        new MergingExecutor<>("model", largestBatch, longestWaitNanos, function, owner);
    opened.add(executor);
    return executor;
  }

  /** An executor over the gated model, whose first run holds one item and waits. */
  private MergingExecutor<Integer, Integer> busyWith(int item, int largestBatch, long wait) {
    MergingExecutor<Integer, Integer> executor = open(largestBatch, wait, model.gated());
    callers.execute(() -> assertThat(executor.run(List.of(item))).containsExactly(2 * item));
    await().until(() -> model.runs.size() == 1);
    return executor;
  }

  /** Hands a request in; it is queued when this returns. */
  private Future<List<Integer>> submit(
      MergingExecutor<Integer, Integer> executor, Integer... items) {
    long before = executor.requests();
    Future<List<Integer>> call = callers.submit(() -> executor.run(List.of(items)));
    await().pollInterval(Duration.ofMillis(1)).until(() -> executor.requests() > before);
    return call;
  }

  private static boolean ownerLives() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(THREAD));
  }
}
