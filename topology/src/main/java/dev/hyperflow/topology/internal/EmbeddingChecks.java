package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.errors.StartupException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;

/** What must hold of the Kafka Streams application that the graph is embedded in. */
final class EmbeddingChecks {
  /** Handlers that would lose the rest of a batch when one of its outputs fails. */
  private static final Set<String> LOSING =
      Set.of(LogAndContinueProcessingExceptionHandler.class.getName());

  private EmbeddingChecks() {}

  /**
   * Refuses settings that would lose records.
   *
   * @param settings those of the running application
   * @throws StartupException which stops the stream thread
   */
  static void run(Map<String, Object> settings) {
    String name = StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG;
    Object handler = settings.get(name);
    String found = handler instanceof Class<?> type ? type.getName() : String.valueOf(handler);
    if (LOSING.contains(found)) {
      throw new StartupException(
          "%s: expected the handler of HyperFlow.streamsConfig, found %s, which would lose the rest"
                  .formatted(name, found)
              + " of a batch");
    }
  }
}
