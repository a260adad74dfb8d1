package dev.hyperflow.training.data;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fixed shape of episodes, for evaluation.
 *
 * @param ways number of labels, at least 2; empty for all of a set
 * @param shots examples of a label, at least 1
 * @param episodes how many episodes of a set, at least 2; empty for the usual number
 */
public record Setting(OptionalInt ways, int shots, OptionalInt episodes) {

  private static final Pattern FORM = Pattern.compile("(all-|\\d{1,5})x(\\d{1,5})(?:@(\\d{1,6}))?");
  private static final String ALL = "all-";

  public Setting {
    if ((ways.isPresent() && ways.getAsInt() < 2)
        || shots < 1
        || (episodes.isPresent() && episodes.getAsInt() < 2)) {
      throw new IllegalArgumentException(
          "setting: expected 2 ways, 1 shot and 2 episodes or more, found %s ways, %d shots, %s episodes"
              .formatted(ways, shots, episodes));
    }
  }

  /**
   * Reads {@code WAYSxSHOTS}, {@code all-xSHOTS}, and either with {@code @EPISODES}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Setting parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "setting: expected WAYSxSHOTS or all-xSHOTS, either with @EPISODES, found '"
              + text
              + "'");
    }
    return new Setting(
        form.group(1).equals(ALL)
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(form.group(1))),
        Integer.parseInt(form.group(2)),
        form.group(3) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(form.group(3))));
  }

  /** The same for sets of so many labels at most, which may be fewer than its ways. */
  public Setting within(int labels) {
    return ways.isPresent() && ways.getAsInt() > labels
        ? new Setting(OptionalInt.of(labels), shots, episodes)
        : this;
  }

  /** As people say it: {@code 20-way 5-shot}. */
  public String title() {
    String labels = ways.isPresent() ? Integer.toString(ways.getAsInt()) : "all";
    return "%s-way %d-shot".formatted(labels, shots);
  }
}
