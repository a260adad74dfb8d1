package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.Cluster;
import dev.hyperflow.benchmarks.process.ChildProcess;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.scenario.BenchSettings.ApplicationSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broker and registry of a run, and where applications are started. For use by one thread. */
final class Platform implements AutoCloseable {
  private static final List<String> BROKER_JVM = List.of("-Xmx1g");
  private static final List<String> APPLICATION_JVM = List.of("-Xmx2g");

  private final Path directory;
  private final ApplicationSettings settings;
  private final ChildProcess process;
  private final Cluster cluster;

  private Platform(Path directory, ApplicationSettings settings, ChildProcess process) {
    this.directory = directory;
    this.settings = settings;
    this.process = process;
    this.cluster = new Cluster(process.told(Role.BOOTSTRAP_SERVERS));
  }

  /** Starts broker and registry; everything they keep is below {@code directory}. */
  static Platform start(Path directory, ApplicationSettings settings) {
    ChildProcess process =
        ChildProcess.start(
            directory,
            new ChildProcess.Start(
                "platform",
                Role.PLATFORM,
                Map.of(Role.DIRECTORY, directory.resolve("broker").toString()),
                BROKER_JVM));
    return new Platform(directory, settings, process);
  }

  String bootstrapServers() {
    return process.told(Role.BOOTSTRAP_SERVERS);
  }

  String registryUrl() {
    return process.told(Role.REGISTRY_URL);
  }

  Cluster cluster() {
    return cluster;
  }

  /** Processor time the broker has taken so far. */
  Duration cpu() {
    return process.cpu();
  }

  /**
   * Starts an application with topics of its own and returns when it runs.
   *
   * @param own settings of this application
   */
  Application start(Role role, String name, Map<String, String> own) {
    Map<String, String> all = new HashMap<>(common(name));
    all.putAll(own);
    all.putAll(settings.settings());
    cluster.create(Application.topics(all));
    List<String> jvm = new ArrayList<>(APPLICATION_JVM);
    settings
        .profile()
        .ifPresent(
            where ->
                jvm.add(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                        + where.toAbsolutePath().resolve(name + ".jfr")));
    ChildProcess started =
        ChildProcess.start(directory, new ChildProcess.Start(name, role, all, jvm));
    return new Application(this, started, all);
  }

  private Map<String, String> common(String name) {
    Map<String, String> common = new HashMap<>();
    common.put("application.id", name);
    common.put("bootstrap.servers", bootstrapServers());
    common.put("schema.registry.url", registryUrl());
    common.put("topics.create", "false");
    common.put("topics.support", name + "-support");
    common.put("topics.queries", name + "-queries");
    common.put("topics.predictions", name + "-predictions");
    common.put("topics.dead-letters", name + "-dead-letters");
    common.put("state.dir", directory.resolve("state-" + name).toString());
    common.put("encoder.cache-texts", "0"); // every text is to cost what a new one costs
    common.put("stream.threads", Integer.toString(settings.threads()));
    common.put("processing.guarantee", settings.guarantee());
    // The default of exactly_once_v2, for both guarantees.
    common.put(Application.COMMIT_INTERVAL, "100");
    // Also for at_least_once: a backlog must stay unseen until it is released.
    common.put("kafka.consumer.isolation.level", "read_committed");
    return common;
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } finally {
      process.close();
    }
  }
}
