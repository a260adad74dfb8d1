package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.Backlog;
import dev.hyperflow.benchmarks.load.OutputWatcher;
import dev.hyperflow.benchmarks.load.RecordMaker;
import dev.hyperflow.benchmarks.process.ChildProcess;
import dev.hyperflow.events.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A measured application that runs, with a backlog to give it and a watcher of its outputs. */
final class Application implements AutoCloseable {
  static final String COMMIT_INTERVAL = "kafka.commit.interval.ms";

  private final Platform platform;
  private final ChildProcess process;
  private final Map<String, String> settings;
  private final Backlog backlog;
  private final OutputWatcher watcher;

  Application(Platform platform, ChildProcess process, Map<String, String> settings) {
    this.platform = platform;
    this.process = process;
    this.settings = settings;
    this.backlog = new Backlog(platform.bootstrapServers(), "backlog-" + name());
    this.watcher = new OutputWatcher(platform.bootstrapServers(), predictions());
  }

  /** The topics that an application with these settings works on. */
  static List<String> topics(Map<String, String> settings) {
    return List.of(
        settings.get("topics.support"),
        settings.get("topics.queries"),
        settings.get("topics.predictions"),
        settings.get("topics.dead-letters"));
  }

  String name() {
    return settings.get("application.id");
  }

  /** What its process told. */
  String told(String what) {
    return process.told(what);
  }

  String support() {
    return settings.get("topics.support");
  }

  String queries() {
    return settings.get("topics.queries");
  }

  String predictions() {
    return settings.get("topics.predictions");
  }

  double commitIntervalMillis() {
    return Double.parseDouble(settings.get(COMMIT_INTERVAL));
  }

  /** Waits until it has consumed all support events sent so far. */
  void awaitSupport() {
    platform.cluster().awaitConsumed(name(), support(), process::requireAlive);
  }

  /**
   * Gives it this many queries at once and waits until every one is answered.
   *
   * @throws IllegalStateException when answers are missing, too many, or dead-lettered
   */
  Repetition run(int count, IntFunction<ProducerRecord<byte[], byte[]>> query) {
    backlog.prepare(count, query);
    Duration own = process.cpu();
    Duration broker = platform.cpu();
    long start = backlog.release();
    long end = watcher.await(count, process::requireAlive);
    return new Repetition(
        count, end - start, process.cpu().minus(own), platform.cpu().minus(broker));
  }

  /**
   * Throws when something was dead-lettered, or the last answer is not from this many examples: a
   * fast refusal is no figure.
   */
  void requireSound(RecordMaker maker, int examples) {
    Prediction last = (Prediction) maker.read(predictions(), watcher.last().orElseThrow().value());
    long letters = platform.cluster().size(settings.get("topics.dead-letters"));
    if (letters > 0 || last.getSupportCount() != examples) {
      throw new IllegalStateException(
          "%s: expected no dead letters and an answer from %d examples, found %d and %d"
              .formatted(name(), examples, letters, last.getSupportCount()));
    }
  }

  @Override
  public void close() {
    try (watcher;
        backlog) {
      process.close();
    }
  }
}
