package dev.hyperflow.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test of documents sees what is in them, and fails when they do. */
class DocumentTest {

  @TempDir Path root;

  @Test
  void shouldReadBlocksWithTheirComments() {
    List<Block> blocks =
        Document.tested(
            "a.md",
            """
            <!-- not run: build -->
            ```bash
            make
            ```
            ```json
            {}
            ```
            <!-- background -->
            <!-- with: --fast -->
            ```bash
            ./hyperflow demo
            ```
            <!-- expect: ^one$ -->
            <!-- expect: two -->
            <!-- stop -->
            """);

    assertThat(blocks)
        .extracting(Block::place, Block::mode, Block::notRun, Block::options)
        .containsExactly(
            tuple("a.md:3", Block.Mode.ONCE, Optional.of(Reason.BUILD), ""),
            tuple("a.md:11", Block.Mode.BACKGROUND, Optional.empty(), "--fast"),
            tuple("a.md:15", Block.Mode.STOP, Optional.empty(), ""));
    assertThat(blocks.get(1).expected())
        .extracting(Pattern::pattern)
        .containsExactly("^one$", "two");
  }

  @Test
  void shouldReadTheOutputThatIsShownBelowABlock() {
    List<Block> blocks =
        Document.tested(
            "a.md",
            """
            ```bash
            make
            ```
            <!-- expect: one -->
            ```text
              one

            two
            ```
            <!-- numbers vary -->
            ```text
            3 done
            ```
            ```
            not compared
            ```
            """);

    assertThat(blocks.get(0).shown())
        .containsExactly(
            new Shown("a.md:5", List.of("one", "two"), false),
            new Shown("a.md:11", List.of("3 done"), true));
    assertThatThrownBy(() -> Document.tested("a.md", "```text\none\n```"))
        .hasMessage("a.md:1: expected a block above, found none");
    assertThatThrownBy(() -> Document.tested("a.md", "<!-- numbers vary -->\n```bash\nmake\n```\n"))
        .hasMessage("a.md:2: expected a text block, found bash");
  }

  @Test
  void shouldFindEveryShownLineInItsOrder() {
    String output = "first   line\n{\"a\":1,\"b\":2.5,\"c\":3}\nlast\n";

    assertThat(missing(output, false, "first line", "\"a\":1,…", "\"c\":3}", "last")).isEmpty();
    assertThat(missing(output, false, "{\"a\":1,…\"c\":3}")).isEmpty();
    assertThat(missing(output, false, "\"c\":3}", "\"a\":1")).contains("\"a\":1");
    assertThat(missing(output, false, "\"b\":7.5")).contains("\"b\":7.5");
    assertThat(missing(output, true, "\"b\":7,\"c\":1,234}")).isEmpty();
    assertThat(missing(output, true, "\"d\":7")).contains("\"d\":7");
  }

  @Test
  void shouldTakeAShownFingerprintForOnePrintedOne() {
    String shown = "a".repeat(32);
    String printed = "1".repeat(32);
    Map<String, String> known = new HashMap<>();

    assertThat(shown("f " + shown).missing("f " + printed, known)).isEmpty();
    assertThat(known).containsExactly(Map.entry(shown, printed));
    assertThat(shown("f " + shown).missing("f " + "2".repeat(32), known)).isPresent();
    assertThat(shown("f " + "b".repeat(32)).missing("f " + printed, known)).isPresent();
    assertThat(shown("f " + "b".repeat(32)).missing("f " + "2".repeat(32), known)).isEmpty();
  }

  @Test
  void shouldRefuseCommentsItDoesNotKnow() {
    assertThatThrownBy(() -> Document.tested("a.md", "<!-- expects: x -->"))
        .hasMessage("a.md:1: expected a comment of the test, found <!-- expects: x -->");
    assertThatThrownBy(() -> Document.tested("a.md", "<!-- not run: mood -->"))
        .hasMessage("expected one of build, cluster, docker, python, found 'mood'");
    assertThatThrownBy(() -> Document.tested("a.md", "<!-- background -->\nno block"))
        .hasMessageContaining("expected a block after a comment for one, found none");
  }

  @Test
  void shouldKeepVariablesAndFailWhereACommandFails() throws Exception {
    assumeTrue(Terminal.has("bash"), "NOT RUN: expected bash on the path, found none");
    SourceTree.layOut(root);
    try (Terminal terminal = new Terminal(root)) {
      terminal.run("a.md:1", "WORD='two words'");
      assertThat(terminal.run("a.md:2", "echo \"$WORD\"")).isEqualTo("two words\n");
      assertThatThrownBy(() -> terminal.run("a.md:3", "echo lost; false | cat; echo never"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("exit code of a.md:3")
          .hasMessageContaining("lost\n")
          .hasMessageNotContaining("\nnever\n");
    }
  }

  @Test
  void shouldEndWhatRunsInTheBackground() throws Exception {
    assumeTrue(Terminal.has("bash"), "NOT RUN: expected bash on the path, found none");
    SourceTree.layOut(root);
    ProcessHandle child;
    try (Terminal terminal = new Terminal(root)) {
      Terminal.Running running = terminal.start("a.md:1", "tail -f pom.xml; true");
      child =
          await()
              .until(() -> running.process().descendants().findFirst(), Optional::isPresent)
              .orElseThrow();
    }
    child.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(child.isAlive()).isFalse();
  }

  private static Shown shown(String... lines) {
    return new Shown("a.md:1", List.of(lines), false);
  }

  private static Optional<String> missing(String output, boolean numbersVary, String... lines) {
    return new Shown("a.md:1", List.of(lines), numbersVary).missing(output, new HashMap<>());
  }
}
