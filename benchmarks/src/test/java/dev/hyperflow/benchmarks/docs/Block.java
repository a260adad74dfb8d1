package dev.hyperflow.benchmarks.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A shell block of a document, with what invisible comments around it say to the test.
 *
 * @param place document and line of its first command
 * @param script its commands
 * @param mode how it is run
 * @param notRun why it is not run, if it is not
 * @param options what the test adds to its {@code ./hyperflow demo}, so that it takes less time
 * @param expected what its output must hold, each in some line
 * @param shown output that the document prints below it
 */
record Block(
    String place,
    String script,
    Mode mode,
    Optional<Reason> notRun,
    String options,
    List<Pattern> expected,
    List<Shown> shown) {

  /** How a block is run. */
  enum Mode {
    /** Once, to its end. */
    ONCE,
    /** In a terminal of its own; what follows begins when its output is as expected. */
    BACKGROUND,
    /** Again until its output is as expected; it only looks. */
    EVENTUALLY,
    /** Nothing is run: all terminals of their own are stopped. */
    STOP
  }

  Block {
    expected = List.copyOf(expected);
    shown = List.copyOf(shown);
  }

  Block expecting(Pattern another) {
    return new Block(place, script, mode, notRun, options, with(expected, another), shown);
  }

  Block showing(Shown another) {
    return new Block(place, script, mode, notRun, options, expected, with(shown, another));
  }

  private static <T> List<T> with(List<T> list, T another) {
    List<T> longer = new ArrayList<>(list);
    longer.add(another);
    return longer;
  }

  boolean usesCurl() {
    return Pattern.compile("\\bcurl\\b").matcher(script).find();
  }
}
