package dev.hyperflow.benchmarks.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output that a document prints below a block.
 *
 * <p>Every line must occur in the real output, in this order, with any white space for its white
 * space. {@code …} stands for what was left out of a line or differs from run to run. A fingerprint
 * depends on the processor: the first one that is shown stands for the real one, and stands for the
 * same one in the rest of the document.
 *
 * @param place document and line
 * @param lines what is shown, without empty lines
 * @param numbersVary whether any number may stand for each number
 */
record Shown(String place, List<String> lines, boolean numbersVary) {

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{32}");
  private static final String ANY_NUMBER = "[+-]?[0-9][0-9.,]*";

  /** What is not compared letter by letter. */
  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?<gap>…)|(?<space>\\s+)|(?<fingerprint>\\b[0-9a-f]{32}\\b)|(?<number>"
              + ANY_NUMBER
              + ")");

  Shown {
    lines = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /**
   * The first line that the output lacks.
   *
   * @param fingerprints from those shown to those printed; when no line is missing, it also has
   *     those of this output
   */
  Optional<String> missing(String output, Map<String, String> fingerprints) {
    Map<String, String> known = new HashMap<>(fingerprints);
    int from = 0;
    for (String line : lines) {
      Matcher found = pattern(line, known).matcher(output);
      if (!found.find(from) || !learn(line, found, known)) {
        return Optional.of(line);
      }
      from = found.end();
    }
    fingerprints.putAll(known);
    return Optional.empty();
  }

  private Pattern pattern(String line, Map<String, String> known) {
    StringBuilder pattern = new StringBuilder();
    Matcher special = SPECIAL.matcher(line);
    int from = 0;
    while (special.find()) {
      pattern.append(Pattern.quote(line.substring(from, special.start())));
      pattern.append(patternOf(special, known));
      from = special.end();
    }
    return Pattern.compile(pattern + Pattern.quote(line.substring(from)));
  }

  private String patternOf(Matcher special, Map<String, String> known) {
    if (special.group("gap") != null) {
      return ".*?";
    }
    if (special.group("space") != null) {
      return "\\s+";
    }
    if (special.group("fingerprint") != null) {
      String printed = known.get(special.group());
      return "(" + (printed == null ? FINGERPRINT.pattern() : printed) + ")";
    }
    return numbersVary ? ANY_NUMBER : Pattern.quote(special.group());
  }

  /** Whether no two fingerprints that are shown apart are printed alike. */
  private static boolean learn(String line, Matcher found, Map<String, String> known) {
    List<String> shown = new ArrayList<>();
    FINGERPRINT.matcher(line).results().forEach(match -> shown.add(match.group()));
    for (int i = 0; i < shown.size(); i++) {
      String printed = found.group(i + 1);
      if (!known.containsKey(shown.get(i)) && known.containsValue(printed)) {
        return false;
      }
      known.put(shown.get(i), printed);
    }
    return true;
  }
}
