package dev.hyperflow.demo.proof;

import static dev.hyperflow.demo.proof.Cell.Guarantee.AT_LEAST_ONCE;
import static dev.hyperflow.demo.proof.Cell.Guarantee.EXACTLY_ONCE_V2;
import static dev.hyperflow.demo.proof.Cell.Protocol.CLASSIC;
import static dev.hyperflow.demo.proof.Cell.Protocol.STREAMS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances of the application, each a process with a state directory of its own, join and leave
 * under load: asked to stop with SIGTERM, or killed with SIGKILL.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(900)
class InstancesTest {

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

  @Test
  void shouldKeepAccountsWithTwoInstances() throws Exception {
    Cell cell = Cell.of("two-instances", EXACTLY_ONCE_V2, CLASSIC, 5);

    new Trial(platform, cell, CrashTest.seed()).run(InstancesTest::joinAndLeave, 2);
  }

  @Test
  void shouldKeepAccountsWithThreeInstancesAndStandbys() throws Exception {
    Cell cell =
        Cell.of("three-with-standbys", EXACTLY_ONCE_V2, CLASSIC, 6)
            .with("kafka.num.standby.replicas", "1");

    new Trial(platform, cell, CrashTest.seed()).run(InstancesTest::joinAndLeave, 3);
  }

  @Test
  void shouldKeepAccountsWithThreeInstancesAndTheStreamsProtocol() throws Exception {
    Cell cell = Cell.of("three-streams", AT_LEAST_ONCE, STREAMS, 6);

    new Trial(platform, cell, CrashTest.seed()).run(InstancesTest::joinAndLeave, 3);
  }

  /** In each round one instance leaves or joins; now and then all are gone for a moment. */
  private static void joinAndLeave(Stage stage) throws InterruptedException {
    Random random = stage.random();
    List<ApplicationProcess> order = new ArrayList<>(stage.instances());
    order.forEach(ApplicationProcess::start);
    for (int round = 0; round < stage.cell().kills(); round++) {
      Collections.shuffle(order, random);
      ApplicationProcess leaving = order.get(0);
      Moment.ofLife(random, leaving).await();
      if (round % 2 == 0) {
        leaving.kill();
      } else {
        leaving.awaitRunning();
        leaving.stop();
      }
      // The others have a chance to take over before it comes back, or not.
      Moment.within(random, 3000).await();
      leaving.start();
    }
    stage.instances().forEach(ApplicationProcess::awaitRunning);
  }
}
