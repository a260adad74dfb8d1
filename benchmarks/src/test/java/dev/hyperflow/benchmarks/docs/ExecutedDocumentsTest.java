package dev.hyperflow.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Does what the documents say, block by block, in a directory of its own, with free ports in place
 * of the usual ones. {@link Document} lists the comments that say what is expected.
 */
class ExecutedDocumentsTest {

  /** The ports that the documents name. */
  private static final List<String> PORTS = List.of("18080", "18081", "18090", "18091", "19092");

  private static final String PLACES = " --port 19092 --registry-port 18081 --http-port 18080 ";
  private static final String DEMO = "./hyperflow demo";
  private static final Duration TO_APPEAR = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** What the brokers have is in the heads well before. */
  private static final Duration TO_TAKE_EFFECT = Duration.ofMinutes(1);

  @TempDir Path root;

  private final List<String> left = new ArrayList<>();

  /** From those that the document shows to those that were printed. */
  private final Map<String, String> fingerprints = new HashMap<>();

  private Map<String, String> ports;

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"README.md", "docs/tutorial.md"})
  @Timeout(900)
  void shouldDoWhatItSays(String name) throws Exception {
    // Given a tree that looks built, and the document
    assumeTrue(
        Terminal.has("bash"), "NOT RUN: " + name + ": expected bash on the path, found none");
    SourceTree.layOut(root);
    ports = freePorts();
    List<Block> blocks = Document.tested(name, Document.text(SourceTree.REPOSITORY.resolve(name)));
    assertThat(blocks).as("blocks that are run").anyMatch(block -> block.notRun().isEmpty());

    // When, then
    try (Terminal terminal = new Terminal(root)) {
      for (Block block : blocks) {
        if (block.notRun().isPresent()) {
          continue;
        }
        if (block.usesCurl() && !Terminal.has("curl")) {
          left.add(block.place());
          continue;
        }
        run(terminal, block);
      }
      terminal.stop();
    }
    if (!left.isEmpty()) {
      String message = "NOT RUN, as there is no curl: " + String.join(", ", left);
      System.err.println(message);
      abort(message);
    }
  }

  private void run(Terminal terminal, Block block) throws IOException, InterruptedException {
    String script = adapted(block);
    switch (block.mode()) {
      case ONCE -> shouldShow(block, terminal.run(block.place(), script));
      case STOP -> terminal.stop();
      case BACKGROUND -> {
        assertThat(block.expected()).as("%s: says when it has begun", block.place()).isNotEmpty();
        Terminal.Running running = terminal.start(block.place(), script);
        await(block.place())
            .atMost(TO_APPEAR)
            .pollInterval(BETWEEN_LOOKS)
            .failFast(
                () ->
                    assertThat(running.process().isAlive())
                        .as("%s goes on:%n%s", block.place(), running.text())
                        .isTrue())
            .untilAsserted(() -> shouldShow(block, running.text()));
      }
      case EVENTUALLY ->
          await(block.place())
              .atMost(TO_TAKE_EFFECT)
              .pollInterval(BETWEEN_LOOKS)
              .untilAsserted(() -> shouldShow(block, terminal.run(block.place(), script)));
    }
  }

  private void shouldShow(Block block, String output) {
    for (Pattern expected : block.expected()) {
      Pattern pattern = Pattern.compile(withFreePorts(expected.pattern()));
      assertThat(output.lines())
          .as("output of %s:%n%s%n%s", block.place(), block.script(), output)
          .anyMatch(line -> pattern.matcher(line).find());
    }
    for (Shown shown : block.shown()) {
      Shown adapted =
          new Shown(
              shown.place(),
              shown.lines().stream().map(this::withFreePorts).toList(),
              shown.numbersVary());
      assertThat(adapted.missing(output, fingerprints))
          .as("line of %s that the output of %s lacks:%n%s", shown.place(), block.place(), output)
          .isEmpty();
    }
  }

  private String adapted(Block block) {
    assertThat(block.options().isEmpty() || block.script().contains(DEMO))
        .as("%s: has a demo to add options to", block.place())
        .isTrue();
    return withFreePorts(block.script().replace(DEMO, DEMO + PLACES + block.options()));
  }

  private String withFreePorts(String text) {
    String result = text;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      result = result.replace(port.getKey(), port.getValue());
    }
    return result;
  }

  private static Map<String, String> freePorts() throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    Map<String, String> free = new LinkedHashMap<>();
    try {
      for (String port : PORTS) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        free.put(port, Integer.toString(socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
    return free;
  }
}
