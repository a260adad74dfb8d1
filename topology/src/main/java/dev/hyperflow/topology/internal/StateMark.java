package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A file beside the local state that names the cluster and the changelog topics it belongs to. For
 * one thread.
 */
final class StateMark {
  /** The file, in the directory that Kafka Streams makes for the application. */
  static final String FILE = "hyperflow-state.properties";

  /** Where Kafka Streams keeps the id of the process. */
  private static final String PROCESS = "kafka-streams-process-metadata";

  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String CLUSTER = "cluster.id";
  private static final String TOPIC = "topic.";
  private static final String STORES = "rocksdb";
  private static final String TASK = "\\d+_\\d+";
  private static final String WAY_OUT =
      "Delete that directory: the application restores it from the changelogs of its cluster";

  private final Path directory;
  private final Properties known;

  private StateMark(Path directory, Properties known) {
    this.directory = directory;
    this.known = known;
  }

  /**
   * The mark of an application's state directory.
   *
   * @throws StartupException when the directory cannot be used
   */
  static StateMark of(ApplicationConfig config) {
    Path directory =
        Path.of(config.streams().getProperty(StreamsConfig.STATE_DIR_CONFIG))
            .resolve(config.applicationId());
    Properties known = new Properties();
    try {
      Files.createDirectories(directory);
      try (InputStream file = Files.newInputStream(directory.resolve(FILE))) {
        known.load(file);
      } catch (NoSuchFileException e) {
        return new StateMark(directory, known);
      }
      return new StateMark(directory, known);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(directory, e);
    }
  }

  private static StartupException unusable(Path directory, Exception e) {
    return new StartupException(
        "state.dir: expected a directory to write to, found %s: %s".formatted(directory, e), e);
  }

  /** What Kafka Streams calls the process that has this directory, in the ids of its clients. */
  Optional<String> processId() {
    try {
      Matcher id = UUID.matcher(Files.readString(directory.resolve(PROCESS)));
      return id.find() ? Optional.of(id.group()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * Takes the state for that of a cluster.
   *
   * @throws StartupException when it is another one's
   */
  void requireCluster(String id) {
    String before = known.getProperty(CLUSTER, id);
    if (!before.equals(id)) {
      throw new StartupException(
          "state.dir: expected state of cluster %s, which bootstrap.servers leads to, found state"
                  .formatted(id)
              + " of cluster %s in %s. %s".formatted(before, directory, WAY_OUT));
    }
    put(Map.of(CLUSTER, id));
  }

  /**
   * Checks that there is no state.
   *
   * @throws StartupException when there is, although nothing on the brokers belongs to it
   */
  void requireNoTasks(String applicationId) {
    if (tasksHold(STORES)) {
      throw new StartupException(
          "state.dir: expected no state, because the brokers have no changelog of application"
              + " '%s', found some in %s. Delete that directory to begin anew"
                  .formatted(applicationId, directory));
    }
  }

  /** Whether a task has files of a store. */
  boolean holdsStore(String name) {
    return tasksHold(STORES + "/" + name);
  }

  private boolean tasksHold(String folder) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(TASK))
          .anyMatch(task -> Files.isDirectory(task.resolve(folder)));
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * Takes the state for that of topics.
   *
   * @throws StartupException when one was made anew since
   */
  void requireTopics(Map<String, TopicDescription> topics) {
    Properties now = new Properties();
    topics.forEach(
        (name, topic) -> {
          if (topic.topicId() == null || topic.topicId().equals(Uuid.ZERO_UUID)) {
            return; // brokers before 2.8 give none
          }
          String id = topic.topicId().toString();
          if (!known.getProperty(TOPIC + name, id).equals(id)) {
            throw new StartupException(
                "state: expected topic '%s' that the state in %s was written to, found one that was"
                        .formatted(name, directory)
                    + " made anew: it may lack records. Rebuild all state from the support topic"
                    + " (docs/operations.md, Disaster recovery)");
          }
          now.put(TOPIC + name, id);
        });
    now.forEach((name, id) -> known.put(name, id));
    write();
  }

  private void put(Map<String, String> entries) {
    if (!known.entrySet().containsAll(Map.<Object, Object>copyOf(entries).entrySet())) {
      known.putAll(entries);
      write();
    }
  }

  private void write() {
    Path whole = directory.resolve(FILE);
    Path part = directory.resolve(FILE + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        known.store(out, "What the state in this directory belongs to");
      }
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }
}
