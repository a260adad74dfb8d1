package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedMapTest {
  @Test
  void shouldLetGoOfWhatWasUsedLeastRecently() {
    BoundedMap<String, Integer> map = BoundedMap.ofEntries(2);
    map.put("a", 1);
    map.put("b", 2);
    map.find("a");

    map.put("c", 3);

    assertThat(map.find("a")).contains(1);
    assertThat(map.find("b")).isEmpty();
    assertThat(map.find("c")).contains(3);
  }

  @Test
  void shouldLetGoOfTheOldestWhenNothingIsFound() {
    BoundedMap<String, Integer> map = BoundedMap.ofEntries(2);
    map.putIfAbsent("a", 1);
    map.putIfAbsent("b", 2);
    map.putIfAbsent("a", 9);

    map.putIfAbsent("c", 3);

    assertThat(map.remove("a")).isEmpty();
    assertThat(map.remove("b")).contains(2);
  }

  @Test
  void shouldCountWeightsOfWhatIsThere() {
    BoundedMap<String, Integer> map = BoundedMap.ofWeight(10, Integer::longValue);
    map.put("a", 6);
    map.put("a", 4);
    map.put("b", 6);
    assertThat(map.find("a")).contains(4);

    map.removeIf("a"::equals);
    map.put("c", 4);
    assertThat(map.find("b")).contains(6);

    map.put("d", 11);
    assertThat(map.find("d")).isEmpty();
    assertThat(map.find("b")).isEmpty();
  }

  @Test
  void shouldMakeAValueOnce() {
    BoundedMap<String, String> map = BoundedMap.ofEntries(1);

    String made = map.findOrMake("a", key -> key + "!");

    assertThat(made).isEqualTo("a!");
    assertThat(map.findOrMake("a", key -> "another")).isSameAs(made);
  }
}
