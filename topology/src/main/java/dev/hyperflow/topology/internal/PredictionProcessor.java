package dev.hyperflow.topology.internal;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.topology.internal.source.TenantKeys;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands predictions on to the nodes of an embedding topology, under their tenants. */
final class PredictionProcessor implements Processor<byte[], Object, String, Prediction> {
  private ProcessorContext<String, Prediction> context;

  @Override
  public void init(ProcessorContext<String, Prediction> newContext) {
    EmbeddingChecks.run(newContext.appConfigs());
    this.context = newContext;
  }

  @Override
  public void process(Record<byte[], Object> record) {
    // Only a readable key gets so far, and only predictions are sent here.
    context.forward(
        record
            .withKey(TenantKeys.decode(record.key()).orElseThrow())
            .withValue((Prediction) record.value()));
  }
}
