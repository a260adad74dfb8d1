package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.events.LabelProbability;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.schemas.PackedFeatures;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Avro records through the serde, schema ids cached: a packed query, a prediction. */
public class SerdeBenchmark extends MicroBenchmark {
  private static final String QUERIES = "queries";
  private static final String PREDICTIONS = "predictions";

  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();
  private final QueryEvent query =
      new QueryEvent("query-12345", PackedFeatures.pack(Samples.VECTORS.get(0)));
  private final Prediction prediction = prediction();
  private byte[] queryBytes;
  private byte[] predictionBytes;

  /** Registers the schemas. */
  @Setup
  public void register() {
    serde.configure(Map.of("schema.registry.url", "mock://jmh"), false);
    queryBytes = writeQuery();
    predictionBytes = writePrediction();
  }

  /** A query of 384 packed features to bytes. */
  @Benchmark
  public byte[] writeQuery() {
    return serde.serializer().serialize(QUERIES, query);
  }

  /** Bytes to a query and its features. */
  @Benchmark
  public float[] readQuery() {
    QueryEvent read = (QueryEvent) serde.deserializer().deserialize(QUERIES, queryBytes);
    return PackedFeatures.unpack((dev.hyperflow.events.PackedFeaturesPayload) read.getPayload());
  }

  /** A prediction to bytes. */
  @Benchmark
  public byte[] writePrediction() {
    return serde.serializer().serialize(PREDICTIONS, prediction);
  }

  /** Bytes to a prediction. */
  @Benchmark
  public SpecificRecord readPrediction() {
    return serde.deserializer().deserialize(PREDICTIONS, predictionBytes);
  }

  /** The builder that makes a prediction. */
  @Benchmark
  public Prediction buildPrediction() {
    return prediction();
  }

  private static Prediction prediction() {
    return Prediction.newBuilder()
        .setQueryId("query-12345")
        .setStatus(PredictionStatus.PERSONALISED)
        .setLabel("label-001")
        .setTopLabels(
            List.of(
                new LabelProbability("label-001", 0.7f),
                new LabelProbability("label-002", 0.2f),
                new LabelProbability("label-003", 0.1f)))
        .setConfidence(0.7f)
        .setAbstained(false)
        .setInitialLabel("label-002")
        .setBundleId("minilm-analytic-v0@0123456789ab")
        .setSupportFingerprint("0123456789abcdef0123456789abcdef")
        .setSupportCount(50)
        .setLabelCount(10)
        .build();
  }
}
