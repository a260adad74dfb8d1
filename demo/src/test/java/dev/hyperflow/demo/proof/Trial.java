package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;

/**
 * Runs one cell of the matrix: load and turmoil, then calm; a closing round of queries; a replay of
 * the same input by a second application that nobody disturbs; and the comparison of all these.
 */
final class Trial {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int MAX_CLOSING_ROUNDS = 40;
  private static final int RECORDS_PER_SECOND = 100;

  private final Platform platform;
  private final Cell cell;
  private final String fault;
  private final long seed;
  private final List<ApplicationProcess> instances = new ArrayList<>();

  Trial(Platform platform, Cell cell, long seed) {
    this(platform, cell, cell.name(), seed);
  }

  /** The same, which the report calls otherwise than the cell. */
  Trial(Platform platform, Cell cell, String fault, long seed) {
    this.platform = platform;
    this.cell = cell;
    this.fault = fault;
    this.seed = seed;
  }

  /** Runs it, with one instance. */
  void run(Turmoil turmoil) throws Exception {
    run(turmoil, (application, instance) -> {});
  }

  /** The same, and something afterwards. */
  void run(Turmoil turmoil, Afterwards afterwards) throws Exception {
    Application application = Application.of(platform, cell);
    try (ApplicationProcess instance = application.onlyInstance()) {
      instances.add(instance);
      run(turmoil, application);
      afterwards.run(application, instance);
    }
  }

  /** What happens to an application that stopped after its trial. */
  @FunctionalInterface
  interface Afterwards {
    void run(Application application, ApplicationProcess instance) throws Exception;
  }

  /** Runs it, with several instances. */
  void run(Turmoil turmoil, int count) throws Exception {
    Application application = Application.of(platform, cell);
    for (int i = 0; i < count; i++) {
      instances.add(application.instance(i));
    }
    run(turmoil, application);
  }

  private void run(Turmoil turmoil, Application application) throws Exception {
    System.out.printf("%s: seed %d%n", cell, seed);
    ReferenceMemory memory = new ReferenceMemory(cell.examplesPerLabel());
    Faults faults = new Faults();
    AnswerWatch watch = AnswerWatch.start(platform, application.topics().predictions(), faults);
    try (SpecificAvroSerializer<SpecificRecord> serializer = platform.serializer();
        Sender sender = new Sender(platform.bootstrapServers(), application.topics(), faults)) {
      Load load =
          new Load(
              platform.shape(),
              seed,
              (stream, value) ->
                  stream == StreamKind.SUPPORT
                      ? serializer.serialize(application.topics().support(), value)
                      : platform
                          .registry()
                          .stamp(serializer.serialize(application.topics().queries(), value)),
              memory);
      disturb(turmoil, application, load, sender, faults);
      Set<String> closing = close(application, load, sender);
      long start = System.nanoTime();
      for (ApplicationProcess instance : instances) {
        if (instance.isUp()) {
          instance.stop();
        }
      }
      Outcome replay = replay(application, sender);
      Outcome outcome = application.outcome();
      report(faults, Tally.of(outcome, replay, sender));
      judge(outcome, replay, sender, memory, closing);
      System.out.printf(
          "%s: %d records, %d queries, %d broken; answered %d, refused %d; replay %d ms%n",
          cell,
          sender.sent(),
          sender.queries().size(),
          sender.broken().size(),
          outcome.answerCount(),
          outcome.letterCount(),
          (System.nanoTime() - start) / 1_000_000);
    } finally {
      watch.stop();
      instances.forEach(ApplicationProcess::close);
    }
  }

  private void report(Faults faults, Tally tally) throws IOException {
    ChaosReport.add(
        fault,
        seed,
        faults.count(),
        instances.stream().mapToInt(ApplicationProcess::kills).sum(),
        tally,
        faults.recoveries());
    if (!faults.leavings().isEmpty()) {
      ChaosReport.add(fault + ": leaving", seed, 0, 0, new Tally(0, 0, 0, 0), faults.leavings());
    }
  }

  private void disturb(
      Turmoil turmoil, Application application, Load load, Sender sender, Faults faults)
      throws Exception {
    load.largeTenant().forEach(sender::send);
    try (LoadDriver driver = LoadDriver.start(load, sender, RECORDS_PER_SECOND)) {
      Stage.Calm calm =
          new Stage.Calm() {
            @Override
            public void begin() throws Exception {
              driver.pause();
              awaitAccounted(application, sender, instances);
            }

            @Override
            public void end() {
              driver.resume();
            }
          };
      turmoil.run(
          new Stage(platform, application, instances, cell, new Random(~seed), faults, calm));
      driver.stop();
    }
    sender.flush();
  }

  /**
   * Asks once more for every tenant, when all that came before is committed. Only these queries
   * have the whole load before them in every order of the two topics; one of the load may see an
   * event that follows it by a millisecond here and not in the replay.
   *
   * @return the queries of a closing round that were answered from the final support sets, at least
   *     one per tenant
   */
  private Set<String> close(Application application, Load load, Sender sender) throws Exception {
    awaitConsumed(application, instances);
    Set<String> asked = new HashSet<>();
    Map<String, String> closing = new HashMap<>();
    int rounds = 0;
    while (closing.size() < Load.TENANTS && rounds < (cell.latest() ? MAX_CLOSING_ROUNDS : 1)) {
      rounds++;
      for (Piece query : load.queryOfEveryTenant()) {
        asked.add(query.queryId().orElseThrow());
        sender.send(query);
      }
      sender.flush();
      Map<String, List<Outcome.Answer>> answers =
          awaitAccounted(application, sender, instances).answers();
      asked.forEach(id -> answers.get(id).forEach(a -> enter(a, load.memory(), closing)));
    }
    // What was answered in fresh mode is final; a head may be behind only in latest mode.
    assertThat(closing.keySet())
        .as("tenants answered from their final support sets, after %d closing rounds", rounds)
        .containsExactlyInAnyOrderElementsOf(Load.tenants());
    return Set.copyOf(closing.values());
  }

  private static void enter(
      Outcome.Answer answer, ReferenceMemory memory, Map<String, String> closing) {
    if (answer.prediction().getSupportFingerprint().equals(memory.fingerprint(answer.tenant()))) {
      closing.put(answer.tenant(), answer.prediction().getQueryId());
    }
  }

  private Outcome replay(Application application, Sender sender) throws Exception {
    Application replay = Application.replayOf(application, platform, cell);
    try (ApplicationProcess process = replay.onlyInstance()) {
      int port = Ports.free();
      process.start(Map.of("http.port", Integer.toString(port)));
      awaitAccounted(replay, sender, List.of(process));
      Fates.of(port).requireOneOfEvery(sender);
      process.stop();
    }
    return replay.outcome();
  }

  private void judge(
      Outcome outcome, Outcome replay, Sender sender, ReferenceMemory memory, Set<String> closing) {
    Judgement judgement = new Judgement(cell, outcome);
    judgement.everythingIsAccountedFor(sender);
    new Judgement(Cell.of("replay", Cell.Guarantee.EXACTLY_ONCE_V2, cell.protocol(), 0), replay)
        .everythingIsAccountedFor(sender);
    judgement.repetitionsAreEqual();
    if (cell.exactlyOnce()) {
      judgement.everyFingerprintHasBeenThere(memory);
      if (!cell.latest()) {
        judgement.countsEqualReplay(replay, closing);
      }
    }
    judgement.equalsReplay(replay, closing);
    judgement.headsEqualReplay(replay, memory);
  }

  /**
   * Waits until every query is answered and every broken record refused, for all to see. Committed
   * offsets do not say that: what waits in an inbox is committed too, and the outputs' markers of a
   * transaction may be written after the offsets'.
   */
  private static Outcome awaitAccounted(
      Application application, Sender sender, List<ApplicationProcess> instances) {
    awaitConsumed(application, instances);
    return Awaitility.await("all input answered or refused")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(
            application::outcome,
            outcome ->
                outcome.answers().keySet().containsAll(sender.queries())
                    && outcome.letters().keySet().containsAll(sender.broken()));
  }

  private static void awaitConsumed(Application application, List<ApplicationProcess> instances) {
    Awaitility.await("all input consumed")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .ignoreExceptions()
        .failFast(
            "an instance ended by itself",
            () -> instances.stream().noneMatch(ApplicationProcess::isUp))
        .until(application::hasConsumedAll);
  }
}
