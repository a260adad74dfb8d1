package dev.hyperflow.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.engine.internal.files.FileFormat;
import dev.hyperflow.server.ApiFixture;
import dev.hyperflow.server.ApiFixture.Client;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Files into a real application and back. */
@Timeout(300)
class ImportCommandTest {
  private static final String CSV =
      """
      text,category
      "I was charged twice, why?",billing
      my invoice is wrong,billing
      <b>bold</b> and \u001b[31mred,login
      reset my password,login
      """;

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Client client = API.client();
  private final String tenant = "import-" + UUID.randomUUID();

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private int execute(String... args) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private int importing(String... args) {
    return at(client.url(), args);
  }

  private int at(String url, String... args) {
    List<String> all = new ArrayList<>(List.of("import", "--url", url, "--timeout", "60"));
    all.addAll(List.of(args));
    return execute(all.toArray(new String[0]));
  }

  private String fingerprint(String name) {
    return client.get(Client.path(name)).json().get("fingerprint").asText();
  }

  @Test
  void shouldMakeATenantOfAFileAndChangeNothingTheSecondTime() throws IOException {
    String file = file("my.csv", CSV).toString();

    assertThat(importing(file, "--tenant", tenant, "--wait")).isZero();

    assertThat(out.toString())
        .contains("csv, UTF-8, separator ',', header, column 1 is text, column 2 is label")
        .contains("4 rows: 4 to import")
        .contains("<b>bold</b> and \\u001b[31mred")
        .contains("Imported 4 texts of 1 tenant from " + file + ".")
        .contains(tenant + " has 4 examples, fingerprint " + fingerprint(tenant) + ".");
    String before = fingerprint(tenant);
    assertThat(importing(file, "--tenant", tenant, "--wait")).isZero();
    assertThat(fingerprint(tenant)).isEqualTo(before);
  }

  @Test
  void shouldTakeTenantsFromTheFileAndReportRefusedLines() throws IOException {
    String file =
        file(
                "two.csv",
                "tenant;label;text\n%1$s;a;one two\n%1$s;a;\n%1$s;b;three four\n%1$s-2;c;five six\n"
                    .formatted(tenant))
            .toString();

    assertThat(importing(file)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--yes imports it all the same");
    assertThat(importing(file, "--yes", "--wait")).isZero();

    assertThat(out.toString())
        .contains("line 3: text: expected a value, found a blank one")
        .contains("Imported 3 texts of 2 tenants");
    assertThat(client.get(Client.path(tenant + "-2")).json().get("examples").asInt()).isEqualTo(1);
    out.getBuffer().setLength(0);
    assertThat(importing(file, "--tenant", tenant, "--yes")).isZero();
    assertThat(out.toString())
        .contains("line 5: tenant: expected " + tenant)
        .contains("Imported 2 texts of 1 tenant");
  }

  @Test
  void shouldReportAsJsonEachRowThatWasNotSent() throws IOException {
    String file = file("two.csv", "label,text\na,\na,one two\nb,\nb,one two\nb,three\n").toString();

    assertThat(importing(file, "--tenant", tenant, "--yes", "--json")).isZero();
    JsonNode whole = Json.parse(out.toString());
    out.getBuffer().setLength(0);
    assertThat(importing(file, "--tenant", tenant, "--yes", "--json", "--from-line", "4")).isZero();
    JsonNode rest = Json.parse(out.toString());

    assertThat(whole.get("taken").asInt()).isEqualTo(2);
    assertThat(whole.get("refused").asInt()).isEqualTo(3);
    assertThat(whole.get("refusals").findValuesAsText("line")).containsExactly("2", "4", "5");
    assertThat(rest.get("taken").asInt()).isEqualTo(1);
    assertThat(rest.get("refused").asInt()).isEqualTo(2);
    assertThat(rest.get("refusals").findValuesAsText("line")).containsExactly("4", "5");
  }

  @Test
  void shouldTakeALongTextWhereTheTopicsCutIt() throws IOException {
    String limits =
        "bootstrap.servers=none:1\nschema.registry.url=http://none\nlimits.text-length=10\n";
    String refusing = file("refusing.properties", limits).toString();
    String cutting =
        file("cutting.properties", limits + "limits.text-policy=keep-head\n").toString();

    assertThat(taken("--config", refusing)).isZero();
    assertThat(taken("--config", cutting)).isEqualTo(4);
  }

  private int taken(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("import", file("my.csv", CSV).toString()));
    all.addAll(List.of("--tenant", "x", "--dry-run", "--json"));
    all.addAll(List.of(options));
    out.getBuffer().setLength(0);
    execute(all.toArray(new String[0]));
    return Json.parse(out.toString()).get("taken").asInt();
  }

  @Test
  void shouldShowAFileWithoutAnApplication() throws IOException {
    String file = file("my.csv", CSV).toString();

    assertThat(at("http://127.0.0.1:1", file, "--tenant", "x", "--dry-run", "--json")).isZero();

    JsonNode preview = Json.parse(out.toString());
    assertThat(preview.get("taken").asInt()).isEqualTo(4);
    assertThat(preview.at("/tenants/x/billing").asInt()).isEqualTo(2);
    assertThat(at("http://127.0.0.1:1", file, "--tenant", "x")).isEqualTo(ExitCode.STARTUP.code());
    assertThat(err.toString()).contains("expected a running application").doesNotContain("line 2");
  }

  @Test
  void shouldGoOnAtALine() throws IOException {
    String file = file("my.csv", CSV).toString();

    assertThat(importing(file, "--tenant", tenant, "--from-line", "4", "--wait", "--json"))
        .isZero();

    assertThat(Json.parse(out.toString()).get("taken").asInt()).isEqualTo(2);
    assertThat(client.get(Client.path(tenant)).json().get("examples").asInt()).isEqualTo(2);
  }

  @Test
  void shouldNameTheLineToGoOnFrom() throws IOException {
    // Given an application that takes one batch, of 29 rows of 9,000 characters
    String answer = client.post("/api/v1/import?preview=true&format=jsonl", "{}").body();
    HttpServer taking =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger asked = new AtomicInteger();
    taking.createContext(
        "/",
        exchange -> {
          byte[] body = answer.replaceAll("\"taken\":0", "\"taken\":29").getBytes(UTF_8);
          exchange.sendResponseHeaders(asked.incrementAndGet() == 1 ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    taking.start();
    try {
      StringBuilder rows = new StringBuilder("label,text\n");
      for (int i = 0; i < 40; i++) {
        rows.append("a,%s%d\n".formatted("long ".repeat(1_800), i));
      }
      String file = file("long.csv", rows.toString()).toString();

      // When
      int code =
          at("http://127.0.0.1:" + taking.getAddress().getPort(), file, "--tenant", "x", "--yes");

      // Then
      assertThat(code).isNotZero();
      assertThat(err.toString()).contains("line 31: ", "--from-line 31 goes on there");
    } finally {
      taking.stop(0);
    }
  }

  @Test
  void shouldNameTheLineOfWhatIsNoFileOfTexts() throws IOException {
    Path latin = directory.resolve("latin.csv");
    Files.write(latin, new byte[] {'a', '\t', 'b', '\n', 'c', '\t', (byte) 0xE9, '\n'});

    assertThat(importing(latin.toString(), "--tenant", tenant)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains(latin + ":2: expected UTF-8, found other bytes");
    assertThat(importing(directory.resolve("none").toString())).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("none: no such file");
    assertThat(importing(file("my.csv", CSV).toString())).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("one tenant for all, found neither; --tenant gives one");
  }

  @ParameterizedTest
  @EnumSource
  void shouldExportWhatItImports(FileFormat format) throws IOException {
    // Given
    String csv = file("my.csv", CSV).toString();
    assertThat(importing(csv, "--tenant", tenant, "--wait")).isZero();
    Path file = directory.resolve("export");

    // When
    assertThat(
            execute(
                "tenant",
                "export",
                tenant,
                "--url",
                client.url(),
                "--format",
                format.toString(),
                "--to",
                file.toString()))
        .isZero();
    String copy = tenant + "-" + format;
    assertThat(importing(file.toString(), "--tenant", copy, "--wait")).isZero();

    // Then the copy has the same examples, ids included
    assertThat(err.toString()).contains("Wrote 4 labelled texts of " + tenant);
    assertThat(fingerprint(copy)).isEqualTo(fingerprint(tenant));
  }
}
