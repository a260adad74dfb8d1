package dev.hyperflow.topology.internal.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSpansTest {
  private final List<String> forgotten = new ArrayList<>();
  private final OpenSpans<Integer, String> open = new OpenSpans<>(2, forgotten::add);

  @Test
  void shouldMakeRoomForTheNewestAndTellOfTheOldest() {
    open.put(1, "one");
    open.put(2, "two");
    open.put(3, "three");

    assertThat(forgotten).containsExactly("one");
    assertThat(open.get(1)).isEmpty();
    assertThat(open.get(2)).contains("two");
    assertThat(open.get(3)).contains("three");
  }

  @Test
  void shouldGiveWhatIsTakenOnce() {
    open.put(1, "one");

    assertThat(open.take(1)).contains("one");
    assertThat(open.take(1)).isEmpty();
    assertThat(forgotten).isEmpty();
  }

  @Test
  void shouldReplaceWithoutMakingRoom() {
    open.put(1, "one");
    open.put(2, "two");
    open.put(1, "again");

    assertThat(open.get(1)).contains("again");
    assertThat(forgotten).isEmpty();
  }
}
