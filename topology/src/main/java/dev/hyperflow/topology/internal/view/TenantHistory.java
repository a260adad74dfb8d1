package dev.hyperflow.topology.internal.view;

import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What happened to one tenant lately, as this instance saw it. Thread-safe. */
public final class TenantHistory {
  /*
   * Of each test only its outcome is kept. The accuracies at that time follow from those of now, by
   * undoing the fading sums step by step: hits ← (hits − right) / α, weight ← (weight − 1) / α. So
   * the curve always ends at what the stores say, also after a restart.
   */
  static final int MAX_TESTS = 240;
  static final int MAX_MARKERS = 160;

  private final Deque<Test> tests = new ArrayDeque<>();
  private final Deque<Marker> markers = new ArrayDeque<>();
  private Optional<String> bundle = Optional.empty();
  private long waitingSince;

  TenantHistory() {}

  private record Test(long at, boolean before, boolean after) {}

  /** What a marker tells of. */
  public enum Kind {
    LABEL,
    RETRACT,
    FORGET,
    BUNDLE,
    DRIFT
  }

  /**
   * Something that happened.
   *
   * @param at wall clock, milliseconds since the epoch
   * @param text the label, the event id, or the bundle
   */
  public record Marker(long at, Kind kind, String text) {}

  /**
   * The quality after a test.
   *
   * @param at wall clock, milliseconds since the epoch
   * @param tested labels compared until then
   * @param before fading accuracy of the unadapted head, 0…1
   * @param after fading accuracy of the adapted head, 0…1
   * @param right whether the adapted head was right
   */
  public record Point(long at, long tested, double before, double after, boolean right) {}

  synchronized void test(long at, boolean before, boolean after) {
    keep(tests, new Test(at, before, after), MAX_TESTS);
  }

  synchronized void mark(long at, Kind kind, String text) {
    keep(markers, new Marker(at, kind, text), MAX_MARKERS);
  }

  private static <T> void keep(Deque<T> queue, T added, int max) {
    queue.add(added);
    if (queue.size() > max) {
      queue.remove();
    }
  }

  /** A label came that the tenant's head does not know yet. */
  synchronized void labelled(long timestampMillis) {
    waitingSince = waitingSince == 0 ? timestampMillis : waitingSince;
  }

  /**
   * The tenant's head was integrated anew.
   *
   * @return when the oldest label that it is the first to know came; 0 when it knows no new one
   */
  synchronized long adapted(long at, String bundleId) {
    if (bundle.isPresent() && !bundle.get().equals(bundleId)) {
      mark(at, Kind.BUNDLE, bundleId);
    }
    bundle = Optional.of(bundleId);
    long since = waitingSince;
    waitingSince = 0;
    return since;
  }

  synchronized void forget() {
    tests.clear();
    markers.clear();
    waitingSince = 0;
  }

  /** The markers, oldest first. */
  public synchronized List<Marker> markers() {
    return List.copyOf(markers);
  }

  /**
   * The quality after each test, oldest first.
   *
   * @param now the tenant's quality as the stores say
   */
  public synchronized List<Point> points(TenantQuality now, QualitySettings settings) {
    List<Point> points = new ArrayList<>(tests.size());
    double hitsBefore = now.before().hits();
    double hitsAfter = now.after().hits();
    double weight = now.after().weight();
    long tested = now.observations();
    Iterator<Test> latestFirst = tests.descendingIterator();
    while (latestFirst.hasNext() && tested > 0 && weight > 0) {
      Test test = latestFirst.next();
      points.add(
          new Point(
              test.at(),
              tested,
              share(hitsBefore, weight),
              share(hitsAfter, weight),
              test.after()));
      hitsBefore = (hitsBefore - (test.before() ? 1 : 0)) / settings.fading();
      hitsAfter = (hitsAfter - (test.after() ? 1 : 0)) / settings.fading();
      weight = (weight - 1) / settings.fading();
      tested--;
    }
    Collections.reverse(points);
    return points;
  }

  private static double share(double hits, double weight) {
    return Math.max(0, Math.min(1, hits / weight));
  }
}
