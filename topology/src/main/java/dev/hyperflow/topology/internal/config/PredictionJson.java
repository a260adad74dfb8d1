package dev.hyperflow.topology.internal.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.events.LabelProbability;
import dev.hyperflow.events.Prediction;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes predictions as JSON objects with the fields of the Avro contract, in its order. The same
 * prediction always has the same bytes.
 */
final class PredictionJson implements Serializer<Object> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public byte[] serialize(String topic, Object value) {
    if (value == null) {
      return null;
    }
    Prediction prediction = (Prediction) value;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("queryId", prediction.getQueryId());
    node.put("status", prediction.getStatus().name());
    node.put("label", prediction.getLabel());
    ArrayNode labels = node.putArray("topLabels");
    for (LabelProbability each : prediction.getTopLabels()) {
      labels.addObject().put("label", each.getLabel()).put("probability", each.getProbability());
    }
    node.put("confidence", prediction.getConfidence());
    node.put("abstained", prediction.getAbstained());
    node.put("scope", prediction.getScope());
    node.put("initialLabel", prediction.getInitialLabel());
    node.put("bundleId", prediction.getBundleId());
    node.put("supportFingerprint", prediction.getSupportFingerprint());
    node.put("supportCount", prediction.getSupportCount());
    node.put("labelCount", prediction.getLabelCount());
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new SerializationException("Cannot write a prediction of topic " + topic, e);
    }
  }
}
