package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a clock of its own that adds everything up anew. */
class RecentlyUsedProperties {

  private static final long ENTRY_BYTES = 200;
  private static final long LIMIT = 2_000;

  private enum Kind {
    PUT,
    GET,
    REMOVE
  }

  private record Use(Kind kind, int key, long bytes) {}

  @Property
  void shouldGiveASecondChanceToWhatWasUsedWithinTheLimit(@ForAll("uses") List<Use> uses) {
    RecentlyUsed<Integer, Long> cache = new RecentlyUsed<>(() -> LIMIT, Long::longValue);
    Map<Integer, Long> values = new HashMap<>();
    Deque<Integer> order = new ArrayDeque<>();
    Set<Integer> used = new HashSet<>();

    for (Use use : uses) {
      switch (use.kind()) {
        case PUT -> {
          cache.put(use.key(), use.bytes());
          if (values.put(use.key(), use.bytes()) == null) {
            order.addLast(use.key());
          }
          while (order.size() > 1 && bytes(values) > LIMIT) {
            int first = order.removeFirst();
            if (used.remove(first) || first == use.key()) {
              order.addLast(first);
            } else {
              values.remove(first);
            }
          }
        }
        case GET -> {
          assertThat(cache.get(use.key())).isEqualTo(values.get(use.key()));
          if (values.containsKey(use.key())) {
            used.add(use.key());
          }
        }
        case REMOVE -> {
          cache.remove(use.key());
          order.remove(use.key());
          used.remove(use.key());
          values.remove(use.key());
        }
      }
    }

    for (int key = 0; key < 10; key++) {
      assertThat(cache.get(key)).as("key %d", key).isEqualTo(values.get(key));
    }
  }

  private static long bytes(Map<Integer, Long> values) {
    return values.values().stream().mapToLong(value -> value + ENTRY_BYTES).sum();
  }

  @Provide
  Arbitrary<List<Use>> uses() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, 9),
            Arbitraries.longs().between(0, 2_500))
        .as(Use::new)
        .list()
        .ofMaxSize(60);
  }
}
