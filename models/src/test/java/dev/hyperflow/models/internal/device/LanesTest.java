package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final List<ScriptedModel> cards =
      List.of(new ScriptedModel().gated(), new ScriptedModel().gated());
  private final ScriptedModel processor = new ScriptedModel();
  private final Lanes<Integer, Integer> lanes =
      new Lanes<>(IntStream.range(0, cards.size()).mapToObj(this::lane).toList());

  private DeviceCalls<Integer, Integer> lane(int card) {
    String name = "cuda:" + card;
    return new DeviceCalls<>(
        new DeviceCalls.Setup(
            "model",
            name,
            Device.Kind.CUDA,
            new DevicePolicy(DevicePolicy.Merge.AUTO, 256, 0, 1, 0)),
        new OwnerThread(name),
        cards.get(card),
        Optional.of(processor));
  }

  @AfterEach
  void close() {
    cards.forEach(card -> card.letRun(100));
    lanes.close();
  }

  @Test
  void shouldGiveACallToTheLaneWithTheFewestItems() {
    // Given three items on the first card, and one on the second
    CompletableFuture<List<Integer>> three = call(List.of(1, 2, 3));
    runs(0, 1);
    CompletableFuture<List<Integer>> one = call(List.of(4));
    runs(1, 1);

    // When two more come, the second has still fewer; then both have three
    CompletableFuture<List<Integer>> two = call(List.of(5, 6));
    requests(1, 2);
    CompletableFuture<List<Integer>> tie = call(List.of(7));
    requests(0, 2);
    cards.forEach(card -> card.letRun(100));

    // Then each has its own results
    assertThat(three.join()).containsExactly(2, 4, 6);
    assertThat(one.join()).containsExactly(8);
    assertThat(two.join()).containsExactly(10, 12);
    assertThat(tie.join()).containsExactly(14);
    assertThat(cards.get(0).runs).containsExactly(List.of(1, 2, 3), List.of(7));
    assertThat(cards.get(1).runs).containsExactly(List.of(4), List.of(5, 6));
  }

  @Test
  void shouldKeepTheOtherCardWhenOneFails() {
    // Given
    cards.get(1).failsAt(items -> true);
    cards.forEach(card -> card.letRun(100));
    CompletableFuture<List<Integer>> first = call(List.of(1));

    // When calls come until one has gone to the failing card
    await()
        .until(
            () -> {
              List<CompletableFuture<List<Integer>>> calls =
                  IntStream.range(0, 8).mapToObj(i -> call(List.of(i))).toList();
              for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).join()).containsExactly(2 * i);
              }
              return lanes.states().get(1).trips() == 1;
            });

    // Then
    assertThat(first.join()).containsExactly(2);
    assertThat(lanes.states())
        .extracting(ModelState::inUse)
        .containsExactly(Device.Kind.CUDA, Device.Kind.CPU);
    assertThat(lanes.states().get(0).failures()).isZero();
  }

  private CompletableFuture<List<Integer>> call(List<Integer> items) {
    return CompletableFuture.supplyAsync(() -> lanes.run(items), task -> new Thread(task).start());
  }

  private void runs(int card, int count) {
    await().until(() -> cards.get(card).runs.size() == count);
  }

  private void requests(int card, int count) {
    await().until(() -> lanes.states().get(card).requests() == count);
  }
}
