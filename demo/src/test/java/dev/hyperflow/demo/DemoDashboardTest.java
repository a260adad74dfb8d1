package dev.hyperflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.JavaProcess;
import dev.hyperflow.server.dashboard.Browser;
import dev.hyperflow.server.dashboard.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The page before the real thing: broker, registry and application of a demo in a process of their
 * own. An answer is a pure function of bundle and support set, so after a retraction it must be
 * what it was, to the last digit that is shown.
 */
@Tag("browser")
@Timeout(600)
class DemoDashboardTest {

  private static final Pattern PAGE = Pattern.compile("page and HTTP API +(http://\\S+)");
  private static final Duration TIME_TO_PLAY = Duration.ofMinutes(5);
  private static final String TEXT = "the cash machine swallowed my card and gave no money";

  private static final String NEWCOMER = "newcomer";
  private static final String MISLABELLED = "please send my money back for the broken lamp";
  private static final String CSV =
      """
      label,text
      card,my card was stolen
      card,block my card please
      card,I lost my credit card on the train
      refund,I want my money back
      refund,please refund the broken chair
      refund,when do I get my money back
      delivery,where is my parcel
      delivery,the parcel has not arrived
      delivery,my delivery is three days late
      delivery,
      """;

  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path directory;

  @Test
  void shouldLearnFromTheBrowserAndForgetExactly() throws Exception {
    try (JavaProcess demo =
        JavaProcess.start(
            directory.resolve("demo.out"), Main.class, List.of("-Xmx1g"), arguments())) {
      // Given a demo that has been played
      String address = awaitPage(demo);
      Page page = BROWSER.open(address + "#/tenants/meridian-bank");
      page.awaitText(".facts", "examples");
      page.await(() -> assertThat(page.text("main")).contains("Bundle").contains("Fingerprint"));

      // When
      page.type("textarea", TEXT);
      page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());
      String label = page.text(".answer-label");
      List<String> before = page.texts("#result .bars");
      String fingerprint = fingerprint(page);

      // Then its label is another one once it has been taught
      page.type("input[list]", "atm-incidents");
      page.push("Add example");
      page.awaitText(".event", "Visible after");
      page.await(() -> assertThat(page.text("#result")).contains("Added as “atm-incidents”"));
      assertThat(page.text("#result")).contains("atm-incidents");
      page.await(() -> assertThat(fingerprint(page)).isNotEqualTo(fingerprint));

      // When it is taken back
      page.push("Undo");
      page.awaitText(".event", "Taken back");

      // Then everything is as it was
      page.await(() -> assertThat(fingerprint(page)).isEqualTo(fingerprint));
      page.type("textarea", " ");
      page.await(
          () -> {
            assertThat(page.text(".answer-label")).isEqualTo(label);
            assertThat(page.texts("#result .bars")).isEqualTo(before);
          });
      seeAllViews(page);
      importAFile(page);
      correctItsLabels(page);
      reviewWithTheKeys(page);
      forget(page);
      assertNothingRemains(address);
      assertThat(page.complaints()).isEmpty();
      assertThat(page.requestsElsewhere()).isEmpty();
    }
  }

  private void importAFile(Page page) throws IOException {
    page.show("#/import/" + NEWCOMER);
    page.type("#file", Files.writeString(directory.resolve("texts.csv"), CSV).toString());
    page.awaitText("#import-main", "9 examples");
    page.awaitText(".findings", "Line 11");
    page.push("Import 9 examples as they are");
    page.awaitText("#import-report", "Taken 9");
    page.show("#/tenants/" + NEWCOMER);
    page.awaitText(".facts", "9 examples");
  }

  private static void correctItsLabels(Page page) {
    page.push("Change label refund");
    page.type("dialog input", Keys.chord(Keys.CONTROL, "a"), "money-back", Keys.ENTER);
    page.await(() -> assertThat(page.texts(".label-row .bar-name")).contains("money-back"));
    page.type("textarea", MISLABELLED);
    page.type("input[list]", "card");
    page.push("Add example");
    page.await(
        () ->
            assertThat(page.texts("[data-suspect]"))
                .anyMatch(row -> row.contains(MISLABELLED) && row.contains("money-back")));
    page.run(
        "[...document.querySelectorAll('[data-suspect]')]"
            + ".find((row) => row.textContent.includes(arguments[0]))"
            + ".querySelector('[data-key^=out-]').click()",
        MISLABELLED);
    page.await(
        () -> assertThat(page.texts("[data-suspect]")).noneMatch(row -> row.contains(MISLABELLED)));
    page.awaitText(".facts", "9 examples");
  }

  /* Ten answers get the most probable label; each is measured, so the accuracy moves. */
  private static void reviewWithTheKeys(Page page) {
    page.show("#/review/meridian-bank");
    for (int done = 1; done <= 10; done++) {
      page.one("[data-key=choice-1]");
      String text = page.text("#review-text");
      page.press("1");
      page.await(() -> assertThat(page.text("#review-text")).isNotEqualTo(text));
    }
    page.awaitText("#review-done", "10");
    page.awaitText("#review-accuracy", "→");
  }

  private static void forget(Page page) {
    page.show("#/tenants/" + NEWCOMER);
    page.awaitText("#examples", "my card was stolen");
    page.push("Forget tenant");
    page.type("dialog input", NEWCOMER, Keys.ENTER);
    page.awaitText(".facts", "No example yet.");
    assertThat(page.text("main")).doesNotContain("my card was stolen");
  }

  /** The scan of all stores of all partitions finds nothing of it, neither texts nor features. */
  private static void assertNothingRemains(String address) {
    HttpRequest scan =
        HttpRequest.newBuilder(URI.create(address + "api/v1/tenants/" + NEWCOMER + "/remains"))
            .build();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        HttpClient.newHttpClient()
                            .send(scan, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("\"entries\":0"));
  }

  private static void seeAllViews(Page page) {
    page.openSections();
    page.await(() -> assertThat(page.all(".matrix tbody tr")).isNotEmpty());
    page.await(() -> assertThat(page.all(".map-head")).isNotEmpty());
    page.show("#/tenants");
    page.await(() -> assertThat(page.all("#tenants tbody tr")).hasSizeGreaterThan(2));
    page.show("#/");
    page.awaitText(".facts", "tenants");
    page.await(() -> assertThat(page.all("tbody .spark")).isNotEmpty());
    page.show("#/bundles");
    page.awaitText("main", "Answers");
    page.awaitText("main", "No bundle was changed since the start.");
    assertThat(page.text("main")).doesNotContain("Bundles cannot be changed");
    assertThat(page.all(".message.error")).isEmpty();
  }

  private static String fingerprint(Page page) {
    return page.one("[data-fingerprint]").getDomAttribute("data-fingerprint");
  }

  private List<String> arguments() {
    return List.of(
        "demo",
        "--fast",
        "--keep-running",
        "--port",
        "0",
        "--registry-port",
        "0",
        "--http-port",
        "0",
        "--data-dir",
        directory.resolve("demo").toString());
  }

  private static String awaitPage(JavaProcess demo) {
    Awaitility.await()
        .atMost(TIME_TO_PLAY)
        .untilAsserted(
            () -> {
              assertThat(demo.isAlive()).as(demo.output()).isTrue();
              assertThat(demo.output()).containsPattern(PAGE);
            });
    Matcher found = PAGE.matcher(demo.output());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
