package dev.hyperflow.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.Samples;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records exchanged with Confluent's official Python client: {@code ./mvnw -pl demo -am -Ppython
 * test -Dhyperflow.python=/path/to/python3}. Needs {@code pip install
 * "confluent-kafka[avro,schemaregistry]"} with version 2.13 or later.
 */
@Tag("python")
class PythonInteropTest {
  private static final String PYTHON = System.getProperty("hyperflow.python", "python3");
  private static final Path SCRIPT = Path.of("src/test/interop/exchange.py").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void shouldExchangeRecordsBothWaysWithIdsInFrontAndInHeaders() throws Exception {
    boolean there =
        ClientProgram.succeeds(
            PYTHON,
            "-c",
            "from confluent_kafka.schema_registry import header_schema_id_serializer; import fastavro");
    if (!there) {
      System.err.printf(
          "SKIPPED: %s has no confluent-kafka[avro,schemaregistry] that puts ids in headers%n",
          PYTHON);
    }
    assumeTrue(there, "confluent-kafka is not installed");
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>()) {
      // Given a record written here
      serde.configure(Map.of("schema.registry.url", registry.url()), false);
      byte[] ours = serde.serializer().serialize("written-by-java", Samples.add());

      // When Python reads it and writes its own
      JsonNode answer =
          new ObjectMapper()
              .readTree(
                  ClientProgram.run(
                      directory,
                      PYTHON,
                      SCRIPT.toString(),
                      registry.url(),
                      ClientProgram.SCHEMA.toString(),
                      "written-by-java",
                      Base64.getEncoder().encodeToString(ours)));

      // Then it has read what was written, under the id of the plain text
      assertThat(answer.get("id").asInt())
          .isEqualTo(ByteBuffer.wrap(ours, 1, Integer.BYTES).getInt());
      JsonNode read = answer.get("read");
      assertThat(read.get("eventId").asText()).isEqualTo("e-1");
      assertThat(read.get("operation").asText()).isEqualTo("ADD");
      assertThat(read.get("payload").findValue("text").asText())
          .isEqualTo(((TextPayload) Samples.add().getPayload()).getText());
      assertThat(answer.get("own").get("eventId").asText()).isEqualTo("py-1");

      // And its records are read here, whether their id is in front or in a header
      SupportEvent expected = ClientProgram.written("py-1", "grüße from Python");
      assertThat(serde.deserializer().deserialize("written-by-python", bytes(answer, "bytes")))
          .isEqualTo(expected);
      Headers headers =
          new RecordHeaders().add(answer.get("headerName").asText(), bytes(answer, "header"));
      assertThat(headers.lastHeader("__value_schema_id").value()).hasSize(1 + 2 * Long.BYTES);
      assertThat(
              serde.deserializer().deserialize("written-by-python", headers, bytes(answer, "bare")))
          .isEqualTo(expected);
    }
  }

  private static byte[] bytes(JsonNode answer, String field) {
    return Base64.getDecoder().decode(answer.get(field).asText());
  }
}
