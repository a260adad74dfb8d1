package dev.hyperflow.benchmarks.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the shell blocks of a document.
 *
 * <p>Comments that Markdown does not show, each on a line of its own, say how a block is tested:
 *
 * <pre>{@code
 * <!-- not run: REASON -->      above a block: it is only checked for its grammar
 * <!-- background -->           above a block: it runs beside those that follow
 * <!-- eventually -->           above a block: it is run until its output is as expected
 * <!-- with: OPTIONS -->        above a block: added to its ./hyperflow demo
 * <!-- expect: REGEX -->        below a block: a line of its output has this
 * <!-- numbers vary -->         above a text block: any number may stand for each number
 * <!-- stop -->                 stops what runs in the background; it must end with 0
 * }</pre>
 *
 * A block of {@code text} is output of the block above it and is compared with it, see {@link
 * Shown}.
 *
 * <p>Any other comment is an error, so that a misspelt one is noticed.
 */
final class Document {

  private static final Set<String> SHELLS = Set.of("bash", "sh", "shell", "console");
  private static final Pattern FENCE = Pattern.compile("```(\\S*).*");
  private static final Pattern COMMENT = Pattern.compile("<!-- ([a-z ]+)(?:: (.*))? -->");

  private final String name;
  private final boolean tested;
  private final List<Block> blocks = new ArrayList<>();

  private Block.Mode mode = Block.Mode.ONCE;
  private Optional<Reason> notRun = Optional.empty();
  private String options = "";
  private boolean numbersVary;

  private Document(String name, boolean tested) {
    this.name = name;
    this.tested = tested;
  }

  /** The blocks of a document whose comments are for the test. */
  static List<Block> tested(String name, String text) {
    return new Document(name, true).read(text.lines().toList());
  }

  /** The blocks of any document; its comments mean nothing. */
  static List<Block> other(String name, String text) {
    return new Document(name, false).read(text.lines().toList());
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Block> read(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i).strip());
      if (fence.matches()) {
        int begin = i + 1;
        i = end(lines, begin);
        if (SHELLS.contains(fence.group(1))) {
          require(!numbersVary, begin, "expected a text block, found " + fence.group(1));
          add(begin + 1, String.join("\n", lines.subList(begin, i)));
        } else if (tested && fence.group(1).equals("text")) {
          show(begin, lines.subList(begin, i));
        }
      } else if (tested && lines.get(i).strip().startsWith("<!--")) {
        obey(lines.get(i).strip(), i + 1);
      }
    }
    require(isDefault(), lines.size(), "expected a block after a comment for one, found none");
    return blocks;
  }

  private int end(List<String> lines, int begin) {
    for (int i = begin; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("```")) {
        return i;
      }
    }
    throw new AssertionError("%s:%d: expected the end of a block".formatted(name, begin));
  }

  private void add(int line, String script) {
    blocks.add(new Block(name + ":" + line, script, mode, notRun, options, List.of(), List.of()));
    mode = Block.Mode.ONCE;
    notRun = Optional.empty();
    options = "";
  }

  private void obey(String comment, int line) {
    Matcher matcher = COMMENT.matcher(comment);
    require(matcher.matches(), line, "expected a comment of the test, found " + comment);
    String value = matcher.group(2);
    switch (matcher.group(1)) {
      case "not run" -> notRun = Optional.of(Reason.parse(value));
      case "background" -> mode = Block.Mode.BACKGROUND;
      case "eventually" -> mode = Block.Mode.EVENTUALLY;
      case "with" -> options = value;
      case "expect" -> expect(line, Pattern.compile(value));
      case "numbers vary" -> numbersVary = true;
      case "stop" -> {
        mode = Block.Mode.STOP;
        add(line, "");
      }
      default ->
          throw new AssertionError(
              "%s:%d: expected a comment of the test, found %s".formatted(name, line, comment));
    }
  }

  private void expect(int line, Pattern pattern) {
    require(isDefault(), line, "expected a block after a comment for one, found an expectation");
    Block above = takeBlockThatIsRun(line);
    blocks.add(above.expecting(pattern));
  }

  private void show(int line, List<String> lines) {
    Shown shown = new Shown(name + ":" + line, lines, numbersVary);
    numbersVary = false;
    require(isDefault(), line, "expected a block after a comment for one, found an output");
    Block above = takeBlockThatIsRun(line);
    blocks.add(above.showing(shown));
  }

  private Block takeBlockThatIsRun(int line) {
    require(!blocks.isEmpty(), line, "expected a block above, found none");
    Block last = blocks.remove(blocks.size() - 1);
    require(last.notRun().isEmpty(), line, "expected a block that is run, found one that is not");
    return last;
  }

  private boolean isDefault() {
    return mode == Block.Mode.ONCE && notRun.isEmpty() && options.isEmpty() && !numbersVary;
  }

  private void require(boolean ok, int line, String message) {
    if (!ok) {
      throw new AssertionError("%s:%d: %s".formatted(name, line, message));
    }
  }
}
