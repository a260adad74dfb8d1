package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a bundle is worth on these texts, for somebody who reads nothing else. */
final class InShort {

  /** Differences below half a point are of little use to anybody. */
  private static final double SMALL = 0.005;

  private static final int USUAL_SHOTS = 5;
  private static final double PERCENT = 100;

  private final Results results;
  private final Predicate<Setting> enough;

  /**
   * A summary of results.
   *
   * @param enough whether a setting has {@link Verdict#MIN_EPISODES}, over all sets
   */
  InShort(Results results, Predicate<Setting> enough) {
    this.results = results;
    this.enough = enough;
  }

  /** Adds a paragraph of plain words and a table. */
  void add(Document page, String bundle) {
    Setting setting = usual();
    String regression = results.betterRegression(setting);
    page.paragraph(
        ("On %s, with %s, `%s` answers %s of 100 texts rightly. Logistic regression answers %s, and"
                + " no adaptation answers %s. Compared with logistic regression that is %s."
                + " Compared with no adaptation it is %s. Right answers in 100 texts, with"
                + " intervals of 95 %%:")
            .formatted(
                String.join(", ", results.sets()),
                words(setting),
                bundle,
                hundred(setting, bundle),
                hundred(setting, regression),
                hundred(setting, Peer.PROTOTYPES),
                sentence(setting, results.difference(setting, bundle, regression)),
                sentence(setting, results.difference(setting, bundle, Peer.PROTOTYPES))));
    page.table(
        List.of(
            "learned from",
            bundle,
            "logistic regression",
            "no adaptation",
            "against logistic regression",
            "against no adaptation"),
        results.settings().stream().map(each -> row(each, bundle)).toList());
  }

  private List<String> row(Setting setting, String bundle) {
    String regression = results.betterRegression(setting);
    Interval lead = results.difference(setting, bundle, regression);
    Interval gain = results.difference(setting, bundle, Peer.PROTOTYPES);
    return List.of(
        words(setting),
        results.meanAccuracy(setting, bundle).percent(),
        results.meanAccuracy(setting, regression).percent(),
        results.meanAccuracy(setting, Peer.PROTOTYPES).percent(),
        lead.points() + ": " + meaning(setting, lead),
        gain.points() + ": " + meaning(setting, gain));
  }

  /** The setting with about five examples a label, of those with enough episodes if there are. */
  private Setting usual() {
    return results.settings().stream()
        .min(
            Comparator.comparing((Setting setting) -> !enough.test(setting))
                .thenComparingInt(setting -> Math.abs(setting.shots() - USUAL_SHOTS)))
        .orElseThrow();
  }

  /** A set may have fewer labels than a setting asks for. */
  private static String words(Setting setting) {
    String labels =
        setting.ways().isPresent()
            ? "at most %d labels".formatted(setting.ways().getAsInt())
            : "all labels";
    return setting.shots() == 1
        ? "1 example of each of " + labels
        : "%d examples of each of %s".formatted(setting.shots(), labels);
  }

  private String hundred(Setting setting, String method) {
    return String.format(
        Locale.ROOT, "%.1f", PERCENT * results.meanAccuracy(setting, method).mean());
  }

  private String sentence(Setting setting, Interval difference) {
    return "%s points: %s".formatted(difference.points(), meaning(setting, difference));
  }

  /** What a difference means. */
  private String meaning(Setting setting, Interval difference) {
    if (!enough.test(setting)) {
      return "not known, too few episodes";
    }
    if (Math.abs(difference.mean()) <= difference.halfWidth()) {
      return "no clear difference, chance can explain it";
    }
    String size = Math.abs(difference.mean()) < SMALL ? "slightly " : "";
    return size + (difference.mean() > 0 ? "better" : "worse") + ", and not by chance";
  }
}
