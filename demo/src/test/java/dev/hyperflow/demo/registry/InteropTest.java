package dev.hyperflow.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.Samples;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records exchanged with Confluent's official JavaScript client: {@code ./mvnw -pl demo -am
 * -Pinterop test}. Needs node, npm and a package registry.
 */
@Tag("interop")
class InteropTest {
  private static final Path SOURCES = Path.of("src/test/interop");
  private static final Path WORK = Path.of("target/interop");

  @BeforeAll
  static void installClient() throws IOException, InterruptedException {
    assumeTrue(
        ClientProgram.succeeds("node", "--version") && ClientProgram.succeeds("npm", "--version"),
        "SKIPPED: node and npm are not on the path");
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "package-lock.json", "exchange.js")) {
      Files.write(WORK.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
    }
    ClientProgram.run(WORK, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
  }

  @Test
  void shouldExchangeRecordsBothWays() throws IOException, InterruptedException {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0)) {
      // Given a record written here
      SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>();
      serde.configure(Map.of("schema.registry.url", registry.url()), false);
      byte[] ours = serde.serializer().serialize("written-by-java", Samples.add());

      // When JavaScript reads it and writes one of its own
      JsonNode answer =
          new ObjectMapper()
              .readTree(
                  ClientProgram.run(
                      WORK,
                      "node",
                      "exchange.js",
                      registry.url(),
                      ClientProgram.SCHEMA.toString(),
                      "written-by-java",
                      Base64.getEncoder().encodeToString(ours)));

      // Then it has read what was written, under the id of the plain text
      assertThat(answer.get("id").asInt())
          .isEqualTo(java.nio.ByteBuffer.wrap(ours, 1, Integer.BYTES).getInt());
      JsonNode read = answer.get("read");
      assertThat(read.get("eventId").asText()).isEqualTo("e-1");
      assertThat(read.get("operation").asText()).isEqualTo("ADD");
      assertThat(read.get("label").asText()).isEqualTo("card lost");
      assertThat(read.get("weight").asDouble()).isEqualTo(0.5);
      assertThat(read.get("expiresAtEpochMillis").asLong()).isEqualTo(1_900_000_000_000L);
      assertThat(read.get("payload").findValue("text").asText())
          .isEqualTo(((TextPayload) Samples.add().getPayload()).getText());

      // And its record is read here
      byte[] theirs = Base64.getDecoder().decode(answer.get("bytes").asText());
      assertThat(serde.deserializer().deserialize("written-by-javascript", theirs))
          .isEqualTo(ClientProgram.written("js-1", "grüße from JavaScript"));
    }
  }
}
