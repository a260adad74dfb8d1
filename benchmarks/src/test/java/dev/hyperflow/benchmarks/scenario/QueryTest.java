package dev.hyperflow.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class QueryTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void shouldBeABodyOfFeaturesOrText() throws Exception {
    JsonNode features = mapper.readTree(Query.ofVector(3, 0, new float[] {0.5f, -1e-7f}).json());
    assertThat(features.get("features")).hasSize(2);
    assertThat(features.get("features").get(0).floatValue()).isEqualTo(0.5f);
    assertThat(features.get("features").get(1).floatValue()).isEqualTo(-1e-7f);
    JsonNode text = mapper.readTree(Query.ofText(3, "where is it?").json());
    assertThat(text.get("text").asText()).isEqualTo("where is it?");
  }
}
