package dev.hyperflow.demo.proof;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** An application id with its topics: the settings all its instances share, and the instances. */
final class Application {

  /** After so long the group gives up a member that is not static. */
  static final int SESSION_TIMEOUT_MILLIS = 2000;

  private final Platform platform;
  private final String id;
  private final Map<String, String> settings;
  private final Outcome kept = Outcome.empty();

  private Application(Platform platform, String id, Map<String, String> settings) {
    this.platform = platform;
    this.id = id;
    this.settings = settings;
  }

  /** The application of a cell, with input and output topics of its own. */
  static Application of(Platform platform, Cell cell)
      throws ExecutionException, InterruptedException {
    Application application = on(platform, cell);
    platform.createTopics(application.inputs(), Platform.PARTITIONS, Map.of());
    return application;
  }

  /** The same on input topics that are there. */
  static Application on(Platform platform, Cell cell)
      throws ExecutionException, InterruptedException {
    Map<String, String> settings = common(platform, cell.name(), cell);
    settings.put("processing.guarantee", cell.guarantee().setting());
    settings.put("kafka.commit.interval.ms", "100");
    settings.put("kafka.producer.transaction.timeout.ms", "4000");
    if (cell.protocol() == Cell.Protocol.STREAMS) {
      settings.put("kafka.group.protocol", "streams");
      platform.configureGroup(
          cell.name(),
          Map.of(
              "streams.session.timeout.ms",
              Integer.toString(SESSION_TIMEOUT_MILLIS),
              "streams.heartbeat.interval.ms",
              "300"));
    } else {
      settings.put("kafka.consumer.session.timeout.ms", Integer.toString(SESSION_TIMEOUT_MILLIS));
      settings.put("kafka.consumer.heartbeat.interval.ms", "300");
    }
    settings.putAll(cell.settings());
    return new Application(platform, cell.name(), settings);
  }

  /** One that reads the same inputs, exactly once, with outputs of its own. */
  static Application replayOf(Application original, Platform platform, Cell cell) {
    Map<String, String> settings = common(platform, cell.name() + "-replay", cell);
    settings.put("topics.support", original.topics().support());
    settings.put("topics.queries", original.topics().queries());
    return new Application(platform, cell.name() + "-replay", settings);
  }

  /** One that reads copies of the same inputs, whose names have a suffix. */
  static Application rekeyed(Application original, Platform platform, Cell cell, String suffix) {
    Map<String, String> settings = common(platform, cell.name() + suffix, cell);
    settings.put("topics.support", original.topics().support() + suffix);
    settings.put("topics.queries", original.topics().queries() + suffix);
    return new Application(platform, cell.name() + suffix, settings);
  }

  private static Map<String, String> common(Platform platform, String id, Cell cell) {
    Map<String, String> settings = new HashMap<>();
    settings.put("application.id", id);
    settings.putAll(platform.brokerSettings());
    settings.put("schema.registry.url", platform.registryUrl());
    settings.put("bundle", platform.bundle().toString());
    settings.put("topics.support", id + "-support");
    settings.put("topics.queries", id + "-queries");
    settings.put("topics.predictions", id + "-predictions");
    settings.put("topics.dead-letters", id + "-dead-letters");
    settings.put("topics.heads", id + "-heads");
    settings.put("topics.partitions", Integer.toString(Platform.PARTITIONS));
    settings.put("topics.replication-factor", Integer.toString(platform.replicas()));
    settings.put("memory.labels-per-tenant", Integer.toString(platform.shape().labels()));
    settings.put("memory.precision", "float32"); // as the reference memory hashes features
    settings.put("memory.examples-per-label", Integer.toString(cell.examplesPerLabel()));
    settings.put("limits.feature-dimension", Integer.toString(4 * platform.shape().dimension()));
    settings.put("startup.timeout.ms", "30000");
    settings.put("kafka.reconnect.backoff.max.ms", "200");
    return settings;
  }

  /** An instance with a state directory of its own, which does not run yet. */
  ApplicationProcess instance(int number) {
    return instance(number, Map.of());
  }

  /** An instance with settings of its own besides. */
  ApplicationProcess instance(int number, Map<String, String> own) {
    Path directory = platform.directory().resolve(id).resolve("instance-" + number);
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(own);
    return new ApplicationProcess(directory, all);
  }

  /** The one instance that there is: a new process takes its place in the group at once. */
  ApplicationProcess onlyInstance() {
    Map<String, String> more = new HashMap<>(settings);
    if (!"streams".equals(more.get("kafka.group.protocol"))) {
      more.put("kafka.consumer.group.instance.id", id);
      more.put("kafka.consumer.session.timeout.ms", "10000");
    }
    return new ApplicationProcess(platform.directory().resolve(id).resolve("only"), more);
  }

  Topics topics() {
    return ApplicationConfig.of(settings).topics();
  }

  List<String> inputs() {
    return List.of(topics().support(), topics().queries());
  }

  /** Whether all input is committed. */
  boolean hasConsumedAll() throws ExecutionException, InterruptedException {
    return platform.hasConsumed(id, inputs());
  }

  /** What the output topics hold, and what they held when they were kept. */
  Outcome outcome() {
    Outcome outcome = Outcome.empty();
    kept.answers().forEach((id, answers) -> outcome.answers().put(id, new ArrayList<>(answers)));
    kept.letters().forEach((at, letters) -> outcome.letters().put(at, new ArrayList<>(letters)));
    outcome.read(platform.bootstrapServers(), topics(), platform.registryUrl());
    return outcome;
  }

  /** Keeps the answers that are there now. The topic may go afterwards. */
  void keepAnswers() {
    kept.answers().putAll(outcome().answers());
  }

  /**
   * Keeps the refusals of queries that are there now. The topic may go afterwards, when the support
   * topic is read again from its beginning.
   */
  void keepRefusedQueries() {
    Map<Coordinates, List<DeadLetter>> now = outcome().letters();
    now.keySet().removeIf(at -> !at.topic().equals(topics().queries()));
    kept.letters().putAll(now);
  }

  String id() {
    return id;
  }
}
