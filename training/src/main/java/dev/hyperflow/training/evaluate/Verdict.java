package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Says in sentences where one method is more accurate than another, and where nobody can tell. */
final class Verdict {

  /** From fewer episodes the normal approximation of an interval says too much. */
  static final int MIN_EPISODES = 20;

  private static final double PERCENT = 100;

  private Verdict() {}

  /**
   * Compares two methods.
   *
   * @param other what the method is compared with, in words
   * @param differences accuracy above the other, by setting
   * @param enough whether a setting has {@link #MIN_EPISODES}, over all sets
   */
  static String of(
      String method, String other, Map<Setting, Interval> differences, Predicate<Setting> enough) {
    Map<Setting, Interval> better = new LinkedHashMap<>();
    Map<Setting, Interval> worse = new LinkedHashMap<>();
    Map<Setting, Interval> open = new LinkedHashMap<>();
    Map<Setting, Interval> few = new LinkedHashMap<>();
    differences.forEach(
        (setting, difference) -> {
          boolean known = Math.abs(difference.mean()) > difference.halfWidth();
          Map<Setting, Interval> told = known ? difference.mean() > 0 ? better : worse : open;
          (enough.test(setting) ? told : few).put(setting, difference);
        });
    List<String> sentences = new ArrayList<>();
    int all = differences.size();
    if (!better.isEmpty()) {
      sentences.add(
          "%s is more accurate than %s %s, by %s."
              .formatted(method, other, where(better, all), size(better)));
    }
    if (!worse.isEmpty()) {
      sentences.add(
          "%s is less accurate than %s %s, by %s."
              .formatted(method, other, where(worse, all), size(worse)));
    }
    if (!open.isEmpty()) {
      sentences.add(
          "%s and %s cannot be told apart %s: the interval of the difference includes zero."
              .formatted(method, other, anywhere(open, all)));
    }
    if (!few.isEmpty()) {
      sentences.add(
          "%s and %s cannot be compared %s: that takes %d episodes or more."
              .formatted(method, other, anywhere(few, all), MIN_EPISODES));
    }
    return String.join(" ", sentences);
  }

  private static String where(Map<Setting, Interval> some, int all) {
    if (some.size() == all && all > 1) {
      return "in all %d settings".formatted(all);
    }
    return "at " + String.join(", ", some.keySet().stream().map(Setting::title).toList());
  }

  private static String anywhere(Map<Setting, Interval> some, int all) {
    return some.size() == all && all > 1
        ? "in any of %d settings".formatted(all)
        : where(some, all);
  }

  private static String size(Map<Setting, Interval> some) {
    double[] sizes =
        some.values().stream().mapToDouble(d -> PERCENT * Math.abs(d.mean())).sorted().toArray();
    String least = String.format(Locale.ROOT, "%.2f", sizes[0]);
    String most = String.format(Locale.ROOT, "%.2f", sizes[sizes.length - 1]);
    return (least.equals(most) ? least : least + " to " + most) + " points";
  }
}
