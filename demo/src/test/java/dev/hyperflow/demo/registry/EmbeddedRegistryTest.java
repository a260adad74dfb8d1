package dev.hyperflow.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hyperflow.schemas.internal.registry.CompatibilityLevel;
import dev.hyperflow.schemas.internal.registry.RegistryAdmin;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRegistryTest {
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final Schema LONG = Schema.create(Schema.Type.LONG);

  @TempDir Path directory;

  @Test
  void shouldSayWhichPortIsTaken() {
    try (EmbeddedRegistry first = EmbeddedRegistry.start(0)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedRegistry.start(first.port()))
          .withMessageContaining(
              "--registry-port: expected a free port on 127.0.0.1, found %d taken", first.port());
    }
  }

  @Test
  void shouldFreeItsPort() {
    EmbeddedRegistry first = EmbeddedRegistry.start(0);
    first.close();

    try (EmbeddedRegistry second = EmbeddedRegistry.start(first.port())) {
      assertThat(second.port()).isEqualTo(first.port());
    }
  }

  @Test
  void shouldKeepIdsVersionsAndLevelsAcrossRestarts() {
    // Given a registry with a file in a directory that does not exist yet
    Path file = directory.resolve("data/registry.json");
    int string;
    int number;
    try (EmbeddedRegistry server = EmbeddedRegistry.start(0, file)) {
      RegistryAdmin client = client(server);
      string = client.register("a-value", STRING);
      number = client.register("b-value", LONG);
      client.setCompatibility("a-value", CompatibilityLevel.FULL);
      client.setDefaultCompatibility(CompatibilityLevel.NONE);
      client.deleteSubject("b-value");
    }

    // When it starts again
    try (EmbeddedRegistry server = EmbeddedRegistry.start(0, file)) {
      RegistryAdmin client = client(server);

      // Then nothing is lost, and what was deleted continues where it was
      assertThat(client.idOf("a-value", STRING)).isEqualTo(string);
      assertThat(client.schemaById(number)).isEqualTo(LONG);
      assertThat(client.subjects()).containsExactly("a-value");
      assertThat(client.compatibility("a-value")).isEqualTo(CompatibilityLevel.FULL);
      assertThat(client.defaultCompatibility()).isEqualTo(CompatibilityLevel.NONE);
      assertThat(client.register("b-value", LONG)).isEqualTo(number);
      assertThat(client.versions("b-value")).containsExactly(2);
      assertThat(client.register("c-value", Schema.create(Schema.Type.INT))).isEqualTo(number + 1);
    }
  }

  @Test
  void shouldLeaveNoTemporaryFile() throws IOException {
    Path file = directory.resolve("registry.json");
    try (EmbeddedRegistry server = EmbeddedRegistry.start(0, file)) {
      client(server).register("a", STRING);
    }

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\":2}",
        "{\"format\":1,\"compatibility\":\"BACKWARD\",\"schemas\":{\"1\":\"{broken\"},\"subjects\":{}}",
        "{\"format\":1,\"compatibility\":\"BACKWARD\",\"schemas\":{},\"subjects\":{\"s\":"
            + "{\"versions\":{\"1\":7},\"lastVersion\":1,\"compatibility\":null}}}",
        "{\"format\":1,\"compatibility\":\"SOMETIMES\",\"schemas\":{},\"subjects\":{}}",
      })
  void shouldRefuseACorruptFileAndLeaveItAlone(String content) throws IOException {
    Path file = directory.resolve("registry.json");
    Files.writeString(file, content);

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> EmbeddedRegistry.start(0, file))
        .withMessageContaining(file + " cannot be read")
        .withMessageContaining("Restore it");
    assertThat(file).hasContent(content);
  }

  @Test
  void shouldChangeNothingThatItCannotSave() throws IOException {
    // Given a directory where the file should go
    Path file = directory.resolve("registry.json");
    try (EmbeddedRegistry server = EmbeddedRegistry.start(0, file)) {
      Files.createDirectories(file.resolve("in-the-way"));
      RegistryAdmin client =
          RegistryAdmin.create(Map.of("schema.registry.url", server.url(), "max.retries", "0"));

      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> client.register("a", STRING))
          .matches(e -> e.errorCode() == 50001 && e.retryable())
          .withMessageContaining("could not save");
      assertThat(client.subjects()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /                            |                          | 200 | {}",
        "GET    | /schemas/types               |                          | 200 | [\"AVRO\"]",
        "GET    | /config                      |                          | 200 |"
            + " {\"compatibilityLevel\":\"BACKWARD\"}",
        "GET    | /subjects/none/versions      |                          | 404 | 40401",
        "GET    | /subjects/s/versions/9       |                          | 404 | 40402",
        "GET    | /subjects/s/versions/x       |                          | 422 | 42202",
        "GET    | /subjects/s/versions/latest  |                          | 200 | \"version\":1",
        "GET    | /schemas/ids/99              |                          | 404 | 40403",
        "GET    | /config/s                    |                          | 404 | 40408",
        "PUT    | /config                      | {\"compatibility\":\"X\"}| 422 | 42203",
        "POST   | /subjects/s/versions         | {\"schema\":\"nonsense\"}| 422 | 42201",
        "POST   | /subjects/s/versions         | {\"schema\":\"\\\"long\\\"\"}  | 409 | 409",
        "POST   | /subjects/s/versions         | not JSON                 | 422 | not JSON",
        "POST   | /subjects/s/versions         | {\"schema\":\"{}\",\"schemaType\":\"JSON\"} | 422 |"
            + " 42201",
        "POST   | /compatibility/subjects/s/versions/latest?verbose=true |"
            + " {\"schema\":\"\\\"long\\\"\"} | 200 | \"messages\":[\"cannot read version 1",
        "POST   | /compatibility/subjects/none/versions/latest | {\"schema\":\"\\\"long\\\"\"} | 404 |"
            + " 40401",
        "DELETE | /subjects/s?permanent=true   |                          | 404 | 40405",
        "GET    | /nonsense                    |                          | 404 | not served",
        "PATCH  | /                            |                          | 405 | not served",
      })
  void shouldAnswerAsConfluentsRegistryDoes(
      String method, String path, String body, int status, String expected)
      throws IOException, InterruptedException {
    try (EmbeddedRegistry server = EmbeddedRegistry.start(0)) {
      client(server).register("s", STRING);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body))
              .build();

      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).contains(expected);
      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/vnd.schemaregistry.v1+json");
    }
  }

  @Test
  void shouldStartAgainAtVersionOneAfterDeletingForGood() throws IOException, InterruptedException {
    try (EmbeddedRegistry server = EmbeddedRegistry.start(0)) {
      RegistryAdmin client = client(server);
      client.register("s", STRING);
      client.deleteSubject("s");

      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.url() + "/subjects/s?permanent=true"))
                      .DELETE()
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo("[1]");
      client.register("s", LONG);
      assertThat(client.versions("s")).containsExactly(1);
    }
  }

  private static RegistryAdmin client(EmbeddedRegistry server) {
    return RegistryAdmin.create(Map.of("schema.registry.url", server.url()));
  }
}
