package dev.hyperflow.demo.proof;

import static dev.hyperflow.demo.proof.Cell.Guarantee.AT_LEAST_ONCE;
import static dev.hyperflow.demo.proof.Cell.Guarantee.EXACTLY_ONCE_V2;
import static dev.hyperflow.demo.proof.Cell.Protocol.CLASSIC;
import static dev.hyperflow.demo.proof.Cell.Protocol.STREAMS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the application with SIGKILL at random moments under load, during start-up and restoration
 * too, and starts it again; in some rounds together with the broker.
 *
 * <p>{@code -Dproof.seed=N} repeats the load and the plan of a run; when exactly a process dies is
 * up to the machine. {@code -Pchaos} adds rounds by the hundred ({@link ChaosTest}).
 */
@DisabledOnOs(OS.WINDOWS)
class CrashTest {

  private static final String DURABILITY = "batch.durability";
  private static final String CONSISTENCY = "query.consistency";

  @TempDir static Path directory;
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    platform = Platform.start(directory);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  static Stream<Cell> cells() {
    return Stream.of(
        Cell.of("eos-classic-inbox", EXACTLY_ONCE_V2, CLASSIC, 8)
            .with(DURABILITY, "inbox")
            .withBrokerKills(2),
        Cell.of("eos-streams-gate", EXACTLY_ONCE_V2, STREAMS, 6)
            .with(DURABILITY, "gate")
            .withBrokerKills(2),
        Cell.of("eos-streams-inbox-latest", EXACTLY_ONCE_V2, STREAMS, 5)
            .with(DURABILITY, "inbox")
            .with(CONSISTENCY, "latest"),
        Cell.of("alo-classic-gate", AT_LEAST_ONCE, CLASSIC, 5).with(DURABILITY, "gate"),
        Cell.of("alo-streams-gate-latest", AT_LEAST_ONCE, STREAMS, 5)
            .withBrokerKills(1)
            .with(DURABILITY, "gate")
            .with(CONSISTENCY, "latest"));
  }

  static Stream<Cell> chosen() {
    return cells().filter(cell -> isChosen(cell.name()));
  }

  /** Whether {@code -Dproof.cells} names a cell, or is not given. */
  static boolean isChosen(String name) {
    return name.matches(System.getProperty("proof.cells", ".*"));
  }

  @ParameterizedTest
  @MethodSource("chosen")
  @Timeout(900)
  void shouldAnswerAndRefuseAsPromisedWhenKilled(Cell cell) throws Exception {
    new Trial(platform, cell, seed()).run(CrashTest::kill);
  }

  static long seed() {
    return Long.getLong("proof.seed", new Random().nextInt(Integer.MAX_VALUE));
  }

  static void kill(Stage stage) throws InterruptedException {
    Cell cell = stage.cell();
    ApplicationProcess application = stage.first();
    application.start();
    for (int round = 0; round < cell.kills(); round++) {
      Moment.ofLife(stage.random(), application).await();
      if (round % (cell.kills() / Math.max(1, cell.brokerKills())) == 1 && cell.brokerKills() > 0) {
        stage.broker().kill();
        Moment.within(stage.random(), 500).await();
        application.kill();
        stage.broker().startAgain();
      } else {
        application.kill();
      }
      stage.faults().happened();
      application.start();
    }
    application.awaitRunning();
  }
}
