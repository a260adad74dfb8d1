package dev.hyperflow.engine.internal.suspect;

import dev.hyperflow.engine.internal.remember.LabelledExamples;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Texts with two labels, and labels whose names look alike. Pure functions; thread-safe. */
public final class Conflicts {
  /** Maximum number of pairs of labels that are listed. */
  public static final int MAX_PAIRS = 1_000;

  /** Names that differ in one sign are listed from this length on: "up" and "us" are not. */
  private static final int MIN_LENGTH = 4;

  private Conflicts() {}

  /**
   * Examples of one text that have different labels; upper and lower case and white space aside.
   * Examples without a text are compared by their features.
   */
  public static List<List<LabelledExamples.Entry>> texts(LabelledExamples support) {
    Map<Object, List<LabelledExamples.Entry>> byText = new LinkedHashMap<>();
    for (LabelledExamples.Entry entry : support.entries()) {
      Object key =
          entry.example().text().<Object>map(Conflicts::folded).orElse(entry.example().features());
      byText.computeIfAbsent(key, text -> new ArrayList<>(1)).add(entry);
    }
    return byText.values().stream()
        .filter(same -> same.stream().anyMatch(entry -> entry.row() != same.get(0).row()))
        .toList();
  }

  /** In what the names of two labels differ. */
  public enum Difference {
    /** Upper and lower case alone. */
    CASE,
    /** White space, and perhaps case. */
    SPACE,
    /** One sign that is no digit, and perhaps case and white space. */
    SIGN
  }

  /** Two labels whose names look alike, in their order. */
  public record Pair(String one, String other, Difference difference) {}

  /**
   * Labels whose names look alike.
   *
   * @return at most {@link #MAX_PAIRS} pairs
   */
  public static List<Pair> labels(List<String> labels) {
    List<String> cased = labels.stream().map(Conflicts::lowered).toList();
    List<char[]> bare =
        cased.stream().map(label -> label.replaceAll("\\s", "").toCharArray()).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      for (int j = i + 1; j < labels.size() && pairs.size() < MAX_PAIRS; j++) {
        Difference difference = null;
        if (cased.get(i).equals(cased.get(j))) {
          difference = Difference.CASE;
        } else if (Arrays.equals(bare.get(i), bare.get(j))) {
          difference = Difference.SPACE;
        } else if (differInOneSign(bare.get(i), bare.get(j))) {
          difference = Difference.SIGN;
        }
        if (difference != null) {
          pairs.add(new Pair(labels.get(i), labels.get(j), difference));
        }
      }
    }
    return pairs;
  }

  private static boolean differInOneSign(char[] one, char[] other) {
    char[] longer = one.length >= other.length ? one : other;
    char[] shorter = longer == one ? other : one;
    int more = longer.length - shorter.length;
    if (more > 1 || longer.length < MIN_LENGTH) {
      return false;
    }
    int at = Arrays.mismatch(longer, shorter);
    boolean isRestEqual =
        Arrays.equals(longer, at + 1, longer.length, shorter, at + 1 - more, shorter.length);
    return isRestEqual
        && !Character.isDigit(longer[at])
        && (more == 1 || !Character.isDigit(shorter[at]));
  }

  private static String folded(String text) {
    return lowered(text).replaceAll("\\s+", " ").strip();
  }

  private static String lowered(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
