package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;

/** Doubles numbers, as long as the script lets it; keeps what it was asked for. */
final class ScriptedModel implements Function<List<Integer>, List<Integer>> {

  final List<List<Integer>> runs = new CopyOnWriteArrayList<>();
  private final Semaphore permits = new Semaphore(0);
  private volatile boolean gated;
  private volatile Predicate<List<Integer>> failing = items -> false;

  /** Runs wait for {@link #letRun} from now on. */
  ScriptedModel gated() {
    gated = true;
    return this;
  }

  void letRun(int runs) {
    permits.release(runs);
  }

  /** Runs fail from now on where the script says so. */
  ScriptedModel failsAt(Predicate<List<Integer>> script) {
    failing = script;
    return this;
  }

  @Override
  public List<Integer> apply(List<Integer> items) {
    runs.add(List.copyOf(items));
    if (gated) {
      permits.acquireUninterruptibly();
    }
    if (failing.test(items)) {
      throw new ModelException("failed at " + items);
    }
    return doubled(items);
  }

  static List<Integer> doubled(List<Integer> items) {
    List<Integer> results = new ArrayList<>();
    items.forEach(item -> results.add(2 * item));
    return results;
  }
}
