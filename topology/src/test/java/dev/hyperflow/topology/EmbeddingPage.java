package dev.hyperflow.topology;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** What docs/embedding.md takes for granted. {@link EmbeddingDocumentTest} compiles against it. */
public final class EmbeddingPage {
  private EmbeddingPage() {}

  /** What the statements on the page may use; the names are those of the page. */
  public record Given(
      HyperFlowConfig config,
      StreamsBuilder builder,
      SpecificAvroSerde<SupportEvent> labelSerde,
      SpecificAvroSerde<QueryEvent> querySerde,
      CountDownLatch stop) {}

  /** The processor of the page. */
  public static final class Audit
      extends ContextualProcessor<String, Prediction, String, Prediction> {
    @Override
    public void process(Record<String, Prediction> record) {
      context().forward(record);
    }
  }
}
