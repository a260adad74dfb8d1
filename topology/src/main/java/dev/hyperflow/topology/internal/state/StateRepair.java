package dev.hyperflow.topology.internal.state;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;

/** Has Kafka Streams delete local state that cannot be used, and restore it from its changelog. */
final class StateRepair {
  // Kafka Streams restores a task after a TaskCorruptedException, and commits the other tasks of
  // the thread before. Exactly once they share a transaction with what the task has already sent:
  // its answers would be committed without its offsets, and given twice. So the thread must end
  // without a commit. Kafka Streams then wipes its tasks, and another thread restores them.

  private StateRepair() {}

  /** Whether damaged state is to be restored. */
  static boolean isAllowed(Map<String, Object> configs) {
    return Boolean.parseBoolean(
        String.valueOf(configs.getOrDefault(RestorableStore.RESTORE_DAMAGED, true)));
  }

  static boolean isTransactional(Map<String, Object> configs) {
    return StreamsConfig.EXACTLY_ONCE_V2.equals(
        configs.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
  }

  /** What a task that has worked must throw to be restored. */
  static KafkaException of(TaskId task, Map<String, Object> configs, RuntimeException cause) {
    return isTransactional(configs)
        ? new DamagedStateException(task, cause)
        : new TaskCorruptedException(
            Set.of(task), new ProcessorStateException(cause.getMessage(), cause));
  }

  /** The local state of a task cannot be used; it passes with the thread. */
  private static final class DamagedStateException extends RetriableException {
    private static final long serialVersionUID = 1L;

    DamagedStateException(TaskId task, RuntimeException cause) {
      super("the local state of task %s is damaged: %s".formatted(task, cause.getMessage()), cause);
    }
  }
}
