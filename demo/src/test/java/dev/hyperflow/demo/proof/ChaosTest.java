package dev.hyperflow.demo.proof;

import static dev.hyperflow.demo.proof.Cell.Guarantee.AT_LEAST_ONCE;
import static dev.hyperflow.demo.proof.Cell.Guarantee.EXACTLY_ONCE_V2;
import static dev.hyperflow.demo.proof.Cell.Protocol.CLASSIC;
import static dev.hyperflow.demo.proof.Cell.Protocol.STREAMS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at random under load, with the application as processes of its own: all kinds in a short
 * run, and each kind many times with {@code -Pchaos}. The report is {@code target/chaos.md}.
 *
 * <p>{@code -Dproof.seed=N} repeats load and plan, {@code -Dproof.cells=REGEX} chooses runs, {@code
 * -Dchaos.rounds=N} sets the faults of a run.
 */
@DisabledOnOs(OS.WINDOWS)
class ChaosTest {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 10);

  @TempDir static Path directory;
  private static final Map<World, Platform> PLATFORMS = new EnumMap<>(World.class);

  /** What applications run on. */
  private enum World {
    USUAL,
    TWO_BROKERS,
    LARGE_TENANT;

    Platform start(Path directory) throws Exception {
      return switch (this) {
        case USUAL -> Platform.start(directory);
        case TWO_BROKERS -> Platform.startWithTwoBrokers(directory);
        case LARGE_TENANT -> Platform.start(directory, Load.Shape.ONE_LARGE_TENANT);
      };
    }
  }

  @AfterAll
  static void stop() {
    PLATFORMS.values().forEach(Platform::close);
    PLATFORMS.clear();
  }

  private static Platform platform(World world) throws Exception {
    if (!PLATFORMS.containsKey(world)) {
      Path own = Files.createDirectories(directory.resolve(world.name()));
      PLATFORMS.put(world, world.start(own));
    }
    return PLATFORMS.get(world);
  }

  /** A fault, on how many instances it is tried, and with what settings. */
  private record Run(String fault, Cell cell, int instances, Turmoil turmoil, World world) {
    @Override
    public String toString() {
      return cell.name();
    }

    Run atLeastOnce() {
      Cell other = Cell.of(cell.name() + "-alo", AT_LEAST_ONCE, STREAMS, cell.kills());
      return new Run(fault + ", `at_least_once`", other, instances, turmoil, world);
    }

    Run overTlsWithTwoBrokers() {
      Cell other = cell.named(cell.name() + "-tls");
      return new Run(fault + ", two brokers, TLS", other, instances, turmoil, World.TWO_BROKERS);
    }
  }

  /** Each seed has another order, and another time to each fault. */
  @Test
  @Timeout(900)
  void shouldSurviveOneFaultOfEachKind() throws Exception {
    Cell cell = Cell.of("short", EXACTLY_ONCE_V2, CLASSIC, 1);

    new Trial(platform(World.USUAL), cell, CrashTest.seed()).run(ChaosTest::oneOfEach, 3);
  }

  static Stream<Run> runs() {
    return Stream.concat(kills(), others()).filter(run -> CrashTest.isChosen(run.toString()));
  }

  /** Every combination of guarantee, protocol and durability. */
  private static Stream<Run> kills() {
    return CrashTest.cells()
        .map(
            cell ->
                new Run(
                    "kill" + (cell.brokerKills() > 0 ? ", now and then with the broker" : ""),
                    cell.named("kill-" + cell.name()).times(Math.max(1, ROUNDS / 2)),
                    1,
                    CrashTest::kill,
                    World.USUAL));
  }

  private static Stream<Run> others() {
    return Stream.concat(
        Stream.of(
                run("two of three are killed at once", 3, ProcessFaults::twoOfThree),
                run("SIGSTOP for longer than the session", 2, ProcessFaults::pause),
                run("broker is killed", 2, ProcessFaults::broker),
                run("registry is away", 2, ProcessFaults::registry))
            .flatMap(run -> Stream.of(run, run.atLeastOnce(), run.overTlsWithTwoBrokers())),
        Stream.of(
            run("ordered stop of one of two", 2, ProcessFaults::orderedStop),
            run("ordered stop and start of the only one", 1, ProcessFaults::orderedStart),
            largeTenant(run("heap of 128 MB, largest tenant", 1, ProcessFaults::smallHeap)),
            run("state is damaged", 1, StateFaults::damaged),
            run("state is unreadable", 1, StateFaults::unreadable),
            run("state of another cluster", 1, StateFaults::ofAnotherCluster),
            run("disk is full", 1, StateFaults::fullDisk),
            run("clock is set", 1, ClockFaults::set),
            run("answers' topic is deleted", 1, TopicFaults::deletedOutput),
            run("changelog is deleted", 1, TopicFaults::deletedChangelog),
            run("group is reset", 1, TopicFaults::groupReset)));
  }

  private static Run largeTenant(Run run) {
    Cell cell = run.cell.with("memory.examples-per-label", "16");
    return new Run(run.fault, cell, run.instances, run.turmoil, World.LARGE_TENANT);
  }

  private static Run run(String fault, int instances, Turmoil turmoil) {
    String name = fault.replaceAll("[^a-zA-Z]+", "-");
    return new Run(
        fault, Cell.of(name, EXACTLY_ONCE_V2, CLASSIC, ROUNDS), instances, turmoil, World.USUAL);
  }

  @ParameterizedTest
  @MethodSource("runs")
  @Tag("chaos")
  @Timeout(1800)
  void shouldSurviveManyFaults(Run run) throws Exception {
    Trial trial = new Trial(platform(run.world), run.cell, run.fault, CrashTest.seed());
    if (run.instances == 1) {
      trial.run(run.turmoil);
    } else {
      trial.run(run.turmoil, run.instances);
    }
  }

  @Test
  @Tag("chaos")
  @Timeout(900)
  void shouldRefuseMorePartitionsAndGiveTheSameHeadsOnCopies() throws Exception {
    Cell cell = Cell.of("grown", EXACTLY_ONCE_V2, CLASSIC, 2);
    Platform usual = platform(World.USUAL);

    new Trial(usual, cell, "partitions are added", CrashTest.seed())
        .run(
            CrashTest::kill,
            (application, instance) -> Rekeying.run(usual, cell, application, instance));
  }

  private static void oneOfEach(Stage stage) throws Exception {
    List<Turmoil> plan =
        new ArrayList<>(
            List.of(
                ProcessFaults::twoAtOnce,
                ProcessFaults::standStill,
                ProcessFaults::brokerDies,
                each -> ProcessFaults.registryGoesAway(each, each.random().nextBoolean())));
    Collections.shuffle(plan, stage.random());
    stage.startAll();
    for (Turmoil each : plan) {
      each.run(stage);
    }
    stage.awaitAll();
  }
}
