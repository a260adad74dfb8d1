package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.remember.TornMemoryException;
import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/** Says in one line why an application ended and what to do. */
final class Endings {
  private static final String REPORT =
      "Keep the log and report it; the application begins again at its last commit";

  private static final List<Ending> KNOWN =
      List.of(
          of(
              FencedInstanceIdException.class,
              "Another process runs with the same kafka.group.instance.id: give each its own"),
          of(
              UnreleasedInstanceIdException.class,
              "Another process runs with the same kafka.group.instance.id: give each its own"),
          of(
              InconsistentGroupProtocolException.class,
              "Another consumer uses the application's id as its group, or instances disagree on"
                  + " kafka.group.protocol: give the other consumer another group.id"),
          of(
              GroupIdNotFoundException.class,
              "Another consumer uses the application's id as its group, or instances disagree on"
                  + " kafka.group.protocol: give the other consumer another group.id"),
          of(
              MissingSourceTopicException.class,
              "An input topic was deleted: restore it, or create it to go on with an empty one"),
          saying(
              "invalid partitions",
              "The input topics have more partitions than the state: docs/operations.md,"
                  + " Re-keying and more partitions"),
          of(
              TornMemoryException.class,
              "Stores support-memory and tenant-meta do not fit each other: rebuild all state from"
                  + " the support topic, docs/operations.md, Disaster recovery"),
          saying("No space left on device", "The disk is full: free space at state.dir"),
          saying(
              "Permission denied",
              "The process lacks a right on a file: grant it, in state.dir on all files"),
          saying(
              "orrupt",
              "A file of the local state is damaged: delete state.dir, or set"
                  + " state.damaged=restore"),
          saying(
              "multiple instances of Kafka Streams are running in the same state directory",
              "Another process uses the same state.dir: give each its own"),
          of(
              AuthorizationException.class,
              "The application lacks a right on the brokers: grant it on its topics, its group,"
                  + " its transactional ids and its changelogs"),
          of(AuthenticationException.class, "The brokers refuse the credentials in kafka.*"),
          of(
              RecordTooLargeException.class,
              "An output is larger than its topic takes: raise max.message.bytes of the topic"),
          of(
              UnsupportedVersionException.class,
              "The brokers are too old for a setting: upgrade them, or set"
                  + " kafka.group.protocol=classic"),
          of(RegistryException.class, "The schema registry refuses: check schema.registry.url"),
          of(
              TimeoutException.class,
              "The brokers did not answer in time: check them and start again"),
          of(OutOfMemoryError.class, "The heap is too small: raise -Xmx or lower heads.cache-mb"));

  private record Ending(Predicate<Throwable> kind, String advice) {}

  private Endings() {}

  private static Ending of(Class<? extends Throwable> kind, String advice) {
    return new Ending(kind::isInstance, advice);
  }

  private static Ending saying(String words, String advice) {
    return new Ending(
        thrown -> thrown.getMessage() != null && thrown.getMessage().contains(words), advice);
  }

  /** The cause of a failure and what to do, one line. */
  static String lineOf(Throwable failure) {
    String advice =
        KNOWN.stream()
            .filter(ending -> Causes.any(failure, ending.kind()))
            .findFirst()
            .map(Ending::advice)
            .orElse(REPORT);
    return "%s: %s. %s"
        .formatted(rootOf(failure).getClass().getSimpleName(), message(failure), advice);
  }

  private static String message(Throwable failure) {
    String message = Causes.rootMessage(failure);
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
