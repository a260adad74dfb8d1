package dev.hyperflow.schemas.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryRegistryTest {
  private static final int THREADS = 8;
  private static final int SCHEMAS = 50;

  @Test
  void shouldGiveEverySchemaOneIdWhoeverComesFirst() throws Exception {
    // Given many threads that register the same schemas under subjects of their own
    InMemoryRegistry registry = InMemoryRegistry.open("test", RegistryStore.NONE);
    List<Callable<List<Integer>>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = "t" + thread + "-";
      tasks.add(
          () ->
              IntStream.range(0, SCHEMAS)
                  .map(i -> registry.register(prefix + i, fixed(i)).id())
                  .boxed()
                  .toList());
    }

    // When they do so at once
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    List<List<Integer>> ids = new ArrayList<>();
    try {
      for (Future<List<Integer>> done : executor.invokeAll(tasks)) {
        ids.add(done.get());
      }
    } finally {
      executor.shutdownNow();
    }

    // Then all were given the same ids, without gaps
    assertThat(ids).allSatisfy(some -> assertThat(some).isEqualTo(ids.get(0)));
    assertThat(new TreeSet<>(ids.get(0)))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, SCHEMAS).boxed().toList());
    assertThat(registry.subjects()).hasSize(THREADS * SCHEMAS);
  }

  private static String fixed(int size) {
    return "{\"type\":\"fixed\",\"name\":\"F%d\",\"size\":%d}".formatted(size, size + 1);
  }
}
