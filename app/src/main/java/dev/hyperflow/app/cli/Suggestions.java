package dev.hyperflow.app.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Finds what somebody may have meant. */
final class Suggestions {
  // Optimal string alignment: swapped neighbours are one mistake, as in "dmeo". Picocli's own
  // suggestions compare pairs of letters, of which these two share none.

  private static final int LETTERS_FOR_EACH_MISTAKE = 3;

  private Suggestions() {}

  /** The verb or the option of a command that a word is nearest to, if it is near to one. */
  static Optional<String> of(String word, CommandSpec command) {
    List<String> known = new ArrayList<>();
    if (word.startsWith("-")) {
      for (OptionSpec option : command.options()) {
        known.add(option.longestName());
      }
    } else {
      known.addAll(command.subcommands().keySet());
    }
    return nearest(word, known);
  }

  /** The word that is nearest, with at most one mistake in three letters. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT).replaceAll("=.*", "");
    return known.stream()
        .filter(
            candidate ->
                distance(wanted, candidate)
                    <= Math.max(
                        1,
                        Math.min(wanted.length(), candidate.length()) / LETTERS_FOR_EACH_MISTAKE))
        .min(
            Comparator.comparingInt((String candidate) -> distance(wanted, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** How many letters were added, left out, replaced, or swapped with their neighbour. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
