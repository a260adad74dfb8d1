package dev.hyperflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.JavaProcess;
import dev.hyperflow.server.dashboard.Browser;
import dev.hyperflow.server.dashboard.Page;
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

  @RegisterExtension static final Browser BROWSER = new Browser();

  @TempDir Path directory;

  @Test
  void shouldLearnFromTheBrowserAndForgetExactly() throws Exception {
    try (JavaProcess demo =
        JavaProcess.start(
            directory.resolve("demo.out"), Main.class, List.of("-Xmx1g"), arguments())) {
      // Given a demo that has been played
      Page page = BROWSER.open(awaitPage(demo) + "#/tenants/meridian-bank");
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
      assertThat(page.complaints()).isEmpty();
      assertThat(page.requestsElsewhere()).isEmpty();
    }
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
