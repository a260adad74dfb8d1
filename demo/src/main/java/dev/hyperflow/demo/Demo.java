package dev.hyperflow.demo;

import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.demo.ledger.DemoVerdict;
import dev.hyperflow.demo.ledger.LedgerSnapshot;
import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.demo.scenario.DataSet;
import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.scenario.ScenarioBuilder;
import dev.hyperflow.demo.scenario.ScenarioSettings;
import dev.hyperflow.schemas.serde.SpecificAvroDeserializer;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import dev.hyperflow.topology.internal.config.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one scenario against a platform and judges what came back.
 *
 * <p>Owns the driver, the observer and the stage while {@link #play} runs; the platform is the
 * caller's.
 */
final class Demo {

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DemoOptions options;
  private final Scenario scenario;
  private final DemoPlatform platform;
  private final ShutdownSignal shutdown;
  private final PredictionLedger ledger;
  private final NewsDesk news = new NewsDesk();

  /**
   * What came out.
   *
   * @param end the books at the end
   * @param verdict whether all promises were kept
   * @param took from the first record to the last answer
   */
  record Outcome(LedgerSnapshot end, DemoVerdict verdict, Duration took) {}

  Demo(DemoOptions options, Scenario scenario, DemoPlatform platform, ShutdownSignal shutdown) {
    this.options = options;
    this.scenario = scenario;
    this.platform = platform;
    this.shutdown = shutdown;
    this.ledger = new PredictionLedger(scenario);
  }

  static Scenario scenario(DemoOptions options, DataSet messages) {
    return ScenarioBuilder.build(messages, ScenarioSettings.of(options.seed(), options.length()));
  }

  /** Plays to the end, or until the process is asked to stop. */
  Outcome play(LiveView.Canvas canvas) throws InterruptedException {
    String servers = platform.bootstrapServers();
    Topics topics = platform.config().topics();
    BitSet sent = SentSteps.find(servers, topics, scenario, ledger);
    try (Serializer<SpecificRecord> serializer = serializer();
        Deserializer<SpecificRecord> deserializer = deserializer();
        ApplicationProgress progress =
            new ApplicationProgress(servers, DemoPlatform.APPLICATION_ID, topics);
        AnswerObserver observer =
            new AnswerObserver(servers, topics, deserializer, ledger, Demo::millis);
        ScenarioDriver driver =
            new ScenarioDriver(
                servers,
                scenario,
                sent,
                new StepRecords(topics, serializer),
                new ScenarioDriver.Listener(
                    ledger, news, Demo::millis, options.pace() == DemoOptions.Pace.LIVE),
                progress::hasAppliedAllLabels);
        LiveView stage =
            LiveView.open(
                new LiveView.Play(
                    ledger, platform::accuracy, news, options.length(), platform.page()),
                canvas,
                Demo::millis)) {
      observer.start();
      driver.start();
      Ending ending = awaitEnd(driver, observer, progress, stage);
      stage.phase("done");
      driver.stop();
      observer.stop();
      LedgerSnapshot end = ledger.snapshot();
      return new Outcome(end, verdict(ending, end, driver, observer), stage.elapsed());
    }
  }

  /** How a run came to its end. */
  private enum Ending {
    COMPLETE,
    STOPPED,
    STALLED,
    FAILED
  }

  private Ending awaitEnd(
      ScenarioDriver driver, AnswerObserver observer, ApplicationProgress progress, LiveView stage)
      throws InterruptedException {
    int lastSeen = -1;
    long lastChange = millis();
    while (!shutdown.await(LOOK)) {
      boolean failed =
          Stream.of(platform.failure(), observer.failure(), driver.failure())
              .anyMatch(Optional::isPresent);
      if (failed) {
        return Ending.FAILED;
      }
      LedgerSnapshot now = ledger.snapshot();
      if (driver.isDone()) {
        stage.phase("waiting for the last answers");
        if (now.isSettled() && progress.isDone()) {
          return Ending.COMPLETE;
        }
      }
      int seen = amount(now);
      // Nobody need hurry while the driver waits and nothing it sent is outstanding.
      if (seen != lastSeen || (driver.isIdle() && now.isSettled())) {
        lastSeen = seen;
        lastChange = millis();
      }
      if (millis() - lastChange > PATIENCE.toMillis()) {
        return Ending.STALLED;
      }
    }
    return Ending.STOPPED;
  }

  private static int amount(LedgerSnapshot now) {
    return now.events() + now.answered() + now.deadLetters().total() + now.duplicates();
  }

  private DemoVerdict verdict(
      Ending ending, LedgerSnapshot end, ScenarioDriver driver, AnswerObserver observer) {
    List<String> causes = new ArrayList<>();
    platform.failure().ifPresent(e -> causes.add(cause("the application stopped", e)));
    driver.failure().ifPresent(e -> causes.add(cause("the demo failed to send a record", e)));
    observer.failure().ifPresent(e -> causes.add(cause("the demo failed to read an answer", e)));
    if (ending == Ending.STOPPED) {
      return DemoVerdict.ofStopped(end).withCauses(causes);
    }
    if (ending == Ending.STALLED) {
      causes.add("the application returned no record for " + PATIENCE.toSeconds() + " s");
    }
    DemoVerdict verdict = DemoVerdict.of(end, driver.stepsLeft()).withCauses(causes);
    return options.data().file().isEmpty()
        ? verdict.withAccuracyOf(end)
        : verdict.withSomethingJudged(end);
  }

  /** The stack trace goes to the log, one line to the viewer. */
  private static String cause(String what, Throwable thrown) {
    LOG.atError().setCause(thrown).log(what);
    return what + ": " + thrown;
  }

  private Serializer<SpecificRecord> serializer() {
    Serializer<SpecificRecord> serializer = new SpecificAvroSerializer<>();
    serializer.configure(registrySettings(), false);
    return serializer;
  }

  private Deserializer<SpecificRecord> deserializer() {
    Deserializer<SpecificRecord> deserializer = new SpecificAvroDeserializer<>();
    deserializer.configure(registrySettings(), false);
    return deserializer;
  }

  private Map<String, ?> registrySettings() {
    return Map.of("schema.registry.url", platform.registryUrl());
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
