package dev.hyperflow.topology.internal.batch;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Rolls back when processing fails. Refused records are outputs of the engine and never get here;
 * what does is a failure of the machinery, and the record that is current need not be its cause, so
 * it is not named. Made by Kafka Streams, by its class name. Thread-safe.
 */
public final class FailWholeBatch implements ProcessingExceptionHandler {
  /** A handler, made by Kafka Streams. */
  public FailWholeBatch() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    return Response.fail();
  }

  @Override
  public void configure(java.util.Map<String, ?> configs) {
    // Nothing about it can be configured.
  }
}
