package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.RecordMaker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A query that can be asked over HTTP and through the topics. Immutable. */
final class Query {
  private final int tenant;
  private final int vector;
  private final String text; // null for a vector
  private final byte[] json;

  private Query(int tenant, int vector, String text, String json) {
    this.tenant = tenant;
    this.vector = vector;
    this.text = text;
    this.json = json.getBytes(StandardCharsets.UTF_8);
  }

  static Query ofText(int tenant, String text) {
    return new Query(tenant, 0, text, "{\"text\":\"" + text + "\"}");
  }

  /**
   * A query of features.
   *
   * @param vector number of the features in the {@link RecordMaker}
   * @param features the same
   */
  static Query ofVector(int tenant, int vector, float[] features) {
    return new Query(tenant, vector, null, "{\"features\":" + Arrays.toString(features) + "}");
  }

  int tenant() {
    return tenant;
  }

  /** The body of a request; not to be changed. */
  byte[] json() {
    return json;
  }

  ProducerRecord<byte[], byte[]> record(RecordMaker maker, String topic, String id) {
    return text == null
        ? maker.query(topic, tenant, id, vector)
        : maker.query(topic, tenant, id, text);
  }
}
