package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.server.http.PathText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of labelled texts over HTTP. */
@Timeout(120)
class ImportRoutesTest {
  private static final String FILE =
      """
      text,category
      "I was charged twice, why?",billing
      my invoice is wrong,billing
      <script>alert(1)</script> locks me out,"<b>login</b>"
      reset my password,login
      reset my password,billing
      ,billing
      """;

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  private final Client client = API.client();
  private final String tenant = "import-" + UUID.randomUUID();
  private final String path = Client.path(tenant) + "/import";

  @Test
  void shouldPreviewAFileAndWriteNothing() {
    Answer answer = client.post(path + "?preview=true", FILE);

    assertThat(answer.status()).isEqualTo(200);
    JsonNode report = answer.json();
    assertThat(report.get("preview").asBoolean()).isTrue();
    assertThat(report.at("/shape/format").asText()).isEqualTo("csv");
    assertThat(report.at("/shape/columns/text").asInt()).isEqualTo(1);
    assertThat(report.at("/counts").toString())
        .isEqualTo("{\"rows\":6,\"taken\":4,\"repeated\":0,\"unlabelled\":0,\"refused\":2}");
    assertThat(report.at("/tenants/0/tenant").asText()).isEqualTo(tenant);
    assertThat(report.at("/first/2/text").asText())
        .isEqualTo("<script>alert(1)</script> locks me out");
    assertThat(report.get("findings").findValuesAsText("kind"))
        .containsExactly("REFUSED", "TEXT_WITH_TWO_LABELS");
    assertThat(report.at("/refusals/1").toString())
        .isEqualTo("{\"line\":7,\"reason\":\"text: expected a value, found a blank one\"}");
    assertThat(client.get(Client.path(tenant)).code()).isEqualTo("UNKNOWN_TENANT");
  }

  @Test
  void shouldTakeAFileAndChangeNothingWhenItComesAgain() {
    // When
    JsonNode report = client.post(path, FILE).json();

    // Then
    assertThat(report.at("/counts/taken").asInt()).isEqualTo(4);
    assertThat(report.has("stopped")).isFalse();
    client.awaitExample(tenant, id("reset my password"), true);
    JsonNode detail = client.get(Client.path(tenant)).json();
    assertThat(detail.get("examples").asInt()).isEqualTo(4);

    // When it comes again, and after it one that corrects a label
    client.post(path, FILE);
    client.post(path, "text,label\none more,marker\n");
    client.awaitExample(tenant, id("one more"), true);
    JsonNode again = client.get(Client.path(tenant)).json();
    assertThat(again.get("examples").asInt()).isEqualTo(5);
    client.post(path, "text,label\none more,corrected\nlast,marker\n");
    client.awaitExample(tenant, id("last"), true);
    assertThat(client.get(Client.path(tenant)).json().get("examples").asInt()).isEqualTo(6);
    assertThat(client.get(Client.path(tenant) + "/examples?label=corrected").body())
        .contains(id("one more"));
  }

  private static String id(String text) {
    return "text-" + Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  @Test
  void shouldTakeAFileOfManyTenants() {
    String other = tenant + "-2";
    String file =
        "{\"tenant\":\"%s\",\"text\":\"why a fee\",\"label\":\"fees\"}\n{\"tenant\":\"%s\",\"text\":\"hi\",\"label\":\"x\"}\nnone\n"
            .formatted(tenant, other);

    JsonNode report = client.post("/api/v1/import", file).json();

    assertThat(report.at("/counts/taken").asInt()).isEqualTo(2);
    assertThat(report.at("/refusals/0/line").asInt()).isEqualTo(3);
    client.awaitExample(tenant, id("why a fee"), true);
    client.awaitExample(other, id("hi"), true);
    assertThat(client.post(path + "?preview=true", file).json().at("/refusals/0/reason").asText())
        .isEqualTo("tenant: expected %s, found %s".formatted(tenant, other));
    assertThat(client.post("/api/v1/import", FILE).json().get("message").asText())
        .isEqualTo(
            "file:1: tenant: expected a column of tenants or one tenant for all, found neither");
  }

  @Test
  void shouldTakeWhatIsSaidOfAFile() {
    String target = path + "?preview=true&header=false&separator=%5E&columns=text%3D1,label%3D2";

    JsonNode report = client.post(target, "text^label\nwhy^fees\n").json();

    assertThat(report.at("/counts/rows").asInt()).isEqualTo(2);
    assertThat(report.at("/first/1/label").asText()).isEqualTo("fees");
    assertThat(client.post(path + "?format=xml", FILE).json().get("field").asText())
        .isEqualTo("format");
    assertThat(client.post(path + "?separator=ab", FILE).json().get("field").asText())
        .isEqualTo("separator");
    assertThat(client.post(path + "?header=maybe", FILE).json().get("field").asText())
        .isEqualTo("header");
    assertThat(client.post(path + "?columns=x", FILE).json().get("field").asText())
        .isEqualTo("columns");
  }

  @Test
  void shouldRefuseWhatIsNoFileOfTexts() throws Exception {
    assertThat(send("text/plain", path, bytes(FILE)).statusCode()).isEqualTo(415);
    assertThat(send("text/csv; charset=utf-8", path + "?preview=true", bytes(FILE)).statusCode())
        .isEqualTo(200);
    HttpResponse<String> latin =
        send("text/csv", path, "text,label\ncaf\u00e9,x\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(latin.statusCode()).isEqualTo(400);
    assertThat(latin.body()).contains("file:2: expected UTF-8, found other bytes");
    assertThat(send("text/csv", path, new byte[100]).body()).contains("the byte 0");
    assertThat(send("text/csv", path, new byte[0]).body()).contains("expected at least one line");
  }

  @Test
  void shouldTellWhatWasTakenOfAFileThatBreaksOff() throws Exception {
    byte[] good = bytes("text,label\n" + "a text,some\n".repeat(20_000));
    byte[] broken = Arrays.copyOf(good, good.length + 1);
    broken[good.length] = (byte) 0xE9;

    JsonNode report = ApiFixture.JSON.readTree(send("text/csv", path, broken).body());

    assertThat(report.at("/counts/taken").asInt()).isEqualTo(1);
    assertThat(report.get("stopped").asText()).startsWith("file:20002: expected UTF-8");
  }

  @Test
  void shouldHoldFilesToTheirOwnLimit() throws Exception {
    try (HttpServer small = API.server(Map.of("http.max-import-bytes", "4096"))) {
      HttpResponse<String> refused =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              small.url()
                                  + "api/v1/tenants/"
                                  + PathText.encode(tenant)
                                  + "/import"))
                      .header("Content-Type", "text/csv")
                      .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(FILE.repeat(50))))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.body()).contains("at most 4096 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({"refuse, 0", "keep-head, 1", "keep-tail, 1"})
  void shouldRefuseALongTextWhereTheTopicsWould(String policy, int taken) {
    Map<String, String> settings = Map.of("limits.text-length", "20", "limits.text-policy", policy);
    try (HttpServer server = API.server(settings)) {
      Answer answer =
          new Client(server.url(), null)
              .post(path + "?preview=true", "text,label\nI was charged twice for it,billing\n");

      assertThat(answer.json().at("/counts/taken").asInt()).isEqualTo(taken);
    }
  }

  @Test
  void shouldCutATextThatNoRecordCouldHold() {
    Map<String, String> settings =
        Map.of("limits.text-length", "20", "limits.text-policy", "keep-head");
    String file = "text,label\nfirst,x\n%s,x\nlast,x\n".formatted("\u00e9".repeat(900_000));
    try (HttpServer server = API.server(settings)) {
      JsonNode report = new Client(server.url(), null).post(path, file).json();

      assertThat(report.has("stopped")).isFalse();
      assertThat(report.at("/counts/taken").asInt()).isEqualTo(3);
      client.awaitExample(tenant, id("last"), true);
    }
  }

  @Test
  void shouldRefuseARowAloneThatTheTopicDoesNotTake() {
    String file = "text,label\nfirst,x\n%s,x\nlast,x\n".formatted("long ".repeat(1_000));
    try (HttpServer server = API.server(Map.of("kafka.max.request.size", "2000"))) {
      JsonNode report = new Client(server.url(), null).post(path, file).json();

      assertThat(report.has("stopped")).isFalse();
      assertThat(report.at("/counts/taken").asInt()).isEqualTo(2);
      assertThat(report.at("/counts/refused").asInt()).isEqualTo(1);
      assertThat(report.at("/refusals/0/line").asInt()).isEqualTo(3);
      assertThat(report.at("/refusals/0/reason").asText())
          .startsWith("record: expected a size that the topic takes");
      client.awaitExample(tenant, id("last"), true);
    }
  }

  @Test
  void shouldReadAFileBeyondTheLimitOfOtherBodies(@TempDir Path directory) throws Exception {
    // Given
    Path large = directory.resolve("large.csv");
    byte[] block = bytes("some text of a line that is long enough to be one,label\n".repeat(2_000));
    try (var out = Files.newOutputStream(large)) {
      out.write(bytes("text,label\n"));
      for (long size = 0; size < 20L << 20; size += block.length) {
        out.write(block);
      }
    }

    // When
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(client.url() + path + "?preview=true"))
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofFile(large))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ApiFixture.JSON.readTree(answer.body()).at("/counts/rows").asLong())
        .isGreaterThan(370_000);
  }

  private HttpResponse<String> send(String type, String target, byte[] body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(client.url() + target))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
