package dev.hyperflow.demo.ledger;

import java.util.ArrayDeque;
import java.util.Deque;

/** Accuracy over the whole run and over the latest queries. Not thread-safe. */
final class AccuracyWindow {

  private final int capacity;
  private final Deque<Accuracy> latest = new ArrayDeque<>();
  private Accuracy recent = Accuracy.NONE;
  private Accuracy total = Accuracy.NONE;

  AccuracyWindow(int capacity) {
    this.capacity = capacity;
  }

  void add(boolean rightBefore, boolean rightAfter) {
    Accuracy one = new Accuracy(1, rightBefore ? 1 : 0, rightAfter ? 1 : 0);
    total = total.plus(one);
    recent = recent.plus(one);
    latest.addLast(one);
    if (latest.size() > capacity) {
      Accuracy oldest = latest.removeFirst();
      recent =
          new Accuracy(
              recent.queries() - oldest.queries(),
              recent.before() - oldest.before(),
              recent.after() - oldest.after());
    }
  }

  Accuracy recent() {
    return recent;
  }

  Accuracy total() {
    return total;
  }
}
