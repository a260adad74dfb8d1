package dev.hyperflow.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.ApiAddress;
import dev.hyperflow.app.tenant.ApiClient;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.server.ApiFixture;
import dev.hyperflow.server.ApiFixture.Client;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A review with scripted lines, beside a real broker, application and server. */
@Timeout(240)
class ReviewTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HOSTILE = "a \u001b[31mred\u202e text\nwith lines";

  @RegisterExtension static final ApiFixture API = new ApiFixture();
  @TempDir static Path directory;
  private static ApiFixture.Other application;

  private final Client client = application.client();
  private final String tenant = "review-" + UUID.randomUUID();
  private final TenantApi api =
      new TenantApi(
          new ApiClient(
              new ApiAddress(client.url(), Optional.empty(), Optional.empty(), PATIENCE)));
  private final StringWriter out = new StringWriter();

  @BeforeAll
  static void start() {
    application =
        API.other("review", directory.resolve("state"), Map.of("feedback.window.ms", "3600000"));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @BeforeEach
  void teachAndAsk() {
    client.teach(tenant, "e1", "cards", "my card was stolen");
    client.teach(tenant, "e2", "cards", "block my \u001b[1mcredit card");
    client.teach(tenant, "e3", "loans", "what is the rate of a mortgage");
    client.teach(tenant, "e4", "long term loans", "I want to borrow money for a house");
    ask("q1", "they took my card");
    ask("q2", "a loan for my home");
    ask("q3", HOSTILE);
    Awaitility.await().atMost(PATIENCE).until(() -> page("missing").size() == 3);
  }

  private void ask(String queryId, String text) {
    String body =
        ApiFixture.JSON.createObjectNode().put("queryId", queryId).put("text", text).toString();
    assertThat(client.post(Client.path(tenant) + "/queries", body).status()).isEqualTo(202);
  }

  private JsonNode page(String feedback) {
    return client
        .get(Client.path(tenant) + "/queries?sort=newest&feedback=" + feedback)
        .json()
        .get("queries");
  }

  /** The queries come newest first: q3, q2, q1. */
  private Tally review(String... lines) throws InterruptedException {
    return new Review(
            api,
            tenant,
            Map.of("sort", "newest"),
            new BufferedReader(new StringReader(String.join("\n", lines) + "\n")),
            new PrintWriter(out),
            new Screen(Palette.PLAIN, 80))
        .run();
  }

  private void awaitLabels(Map<String, String> byQuery) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode given = page("given");
              assertThat(given).hasSize(byQuery.size());
              given.forEach(
                  row ->
                      assertThat(row.at("/feedback/label").asText())
                          .isEqualTo(byQuery.get(row.get("queryId").asText())));
            });
  }

  @Test
  void shouldSkipAcceptAndChooseByNumber() throws Exception {
    JsonNode second = client.get(Client.path(tenant) + "/queries?text=loan").json();
    String runnerUp = second.at("/queries/0/labels/1/label").asText();
    String answer = page("missing").get(2).get("label").asText();

    Tally tally = review("s", "2", "");

    assertThat(tally).isEqualTo(new Tally(1, 1, 0, 2, 1, 0));
    awaitLabels(Map.of("q2", runnerUp, "q1", answer));
    assertThat(out.toString())
        .contains("Enter accepts", "1 of 3", "3 of 3", "they took my card", "answered cards")
        .contains("my card was stolen", "All queries are reviewed.");
  }

  @Test
  void shouldAcceptWhatIsMostProbableNow() throws Exception {
    client.teach(tenant, "e5", "theft", "they took my card");

    review("s", "s", "");

    assertThat(out.toString()).contains("answered cards", "1  theft");
    awaitLabels(Map.of("q1", "theft"));
  }

  @Test
  void shouldObeyNoTextOfAnybody() throws Exception {
    review("n", "\u001b[2Jlabel", "q");

    assertThat(out.toString())
        .contains("a \\u001b[31mred\\u202e text\\nwith lines", "\\u001b[1mcredit")
        .contains("INVALID", "label: expected");
    assertThat(out.toString().chars()).noneMatch(c -> c != '\n' && (c < ' ' || c == 0x202e));
  }

  @Test
  void shouldSearchLabelsMakeNewOnesAndUndo() throws Exception {
    // The first is wrong, taken back and given anew; loans names one of two labels exactly.
    Tally tally =
        review("z", "card", "z", "nowhere", "loan", "9", "2", "loans", "n", "", "n", "theft");

    assertThat(tally).isEqualTo(new Tally(0, 3, 1, 3, 0, 1));
    awaitLabels(Map.of("q3", "long term loans", "q2", "loans", "q1", "theft"));
    assertThat(out.toString())
        .contains("There is nothing to undo.")
        .contains("No label contains 'nowhere'. N makes a new one.")
        .contains("  1  loans\n  2  long term loans\n")
        .contains("expected 1 to 2, found 9");
  }

  @Test
  void shouldListTheQueueForPrograms() {
    StringWriter err = new StringWriter();

    assertThat(execute(err, "--json", "--limit", "2", "--sort", "newest")).isZero();

    JsonNode page = Json.parse(out.toString());
    assertThat(page.get("total").asInt()).isEqualTo(3);
    assertThat(page.get("queries").findValuesAsText("queryId")).containsExactly("q3", "q2");

    out.getBuffer().setLength(0);
    assertThat(execute(err, "--json", "--filter", "disagreements", "--text", "nowhere")).isZero();
    assertThat(Json.parse(out.toString()).get("queries")).isEmpty();
    assertThat(execute(err, "--limit", "0")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--limit: expected 1 to 200, found 0");
  }

  @Test
  void shouldSayThatATenantIsNotThere() {
    for (String[] how : new String[][] {{}, {"--json"}}) {
      StringWriter err = new StringWriter();

      assertThat(execute("nobody-" + tenant, err, how)).isEqualTo(ExitCode.FAILED.code());

      assertThat(err.toString()).contains("UNKNOWN_TENANT", "found none");
    }
    assertThat(out.toString()).isEmpty();
  }

  private int execute(StringWriter err, String... args) {
    return execute(tenant, err, args);
  }

  private int execute(String tenant, StringWriter err, String... args) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[args.length + 4];
    all[0] = "review";
    all[1] = tenant;
    all[2] = "--url";
    all[3] = client.url();
    System.arraycopy(args, 0, all, 4, args.length);
    return line.execute(all);
  }

  @Test
  void shouldShowTheNewestExamplesOfATenant() {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true));

    assertThat(line.execute("tenant", "show", tenant, "--examples", "2", "--url", client.url()))
        .isZero();

    assertThat(out.toString())
        .contains("newest examples", "  long term loans           I want to borrow money")
        .doesNotContain("my card was stolen");
  }
}
