package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page does when the instance does not answer, or not yet, or not to everybody. */
@Tag("browser")
class ConnectionTest {

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldShowThatItLoads() {
    // When
    Page page = STAGE.open(Scene.SILENT, "#/tenants");

    // Then
    page.await(() -> assertThat(page.all(".skeleton")).hasSize(1));
    assertThat(page.one("section.panel").getDomAttribute("aria-busy")).isEqualTo("true");
  }

  @Test
  void shouldKeepTheLastDataInGreyAndComeBackByItself() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants");
    page.awaitText("#tenants", "meridian-bank");

    // When
    STAGE.server().become(Scene.UNREACHABLE);

    // Then
    page.awaitText("#banner", "No connection to the instance. Showing what was known at");
    assertThat(page.text("#banner")).containsPattern("Next try in \\d+ s|Trying");
    assertThat(page.text("#state")).isEqualTo("No connection");
    assertThat(page.text("#tenants")).contains("meridian-bank");
    assertThat(page.one("main").getDomAttribute("class")).isEqualTo("stale");

    // When
    STAGE.server().become(Scene.ONE_TENANT);

    // Then
    page.await(() -> assertThat(page.one("#banner").isDisplayed()).isFalse());
    assertThat(page.text("#state")).isEqualTo("Running");
    assertThat(page.one("main").getDomAttribute("class")).isEmpty();
  }

  @Test
  void shouldWaitForARebalanceAndGoOn() {
    // When
    Page page = STAGE.open(Scene.REBALANCING, "#/tenants/meridian-bank");

    // Then
    page.awaitText("#banner", "Partitions are moving between instances.");
    page.awaitText("#state", "Rebalancing");

    // When
    STAGE.server().become(Scene.ONE_TENANT);

    // Then
    page.awaitText(".facts", "48 examples");
    page.await(() -> assertThat(page.one("#banner").isDisplayed()).isFalse());
  }

  @Test
  void shouldTryAtOnceWhenAskedTo() {
    // Given
    Page page = STAGE.open(Scene.UNREACHABLE, "#/tenants");
    page.awaitText("#banner", "Next try in");
    page.stopTheClock();
    STAGE.server().become(Scene.ONE_TENANT);

    // When
    page.push("Try now");

    // Then
    page.awaitText("#tenants", "meridian-bank");
  }

  @Test
  void shouldAskForATokenAndKeepItForTheTab() {
    // Given
    Page page = STAGE.open(Scene.TOKEN_NEEDED, "#/tenants");
    page.awaitText("dialog", "Bearer token");

    // When a wrong one is given
    page.type("dialog input", "wrong");
    page.click("dialog [type=submit]");

    // Then
    page.awaitText("#banner", "The one in use is not accepted.");

    // When
    page.push("Enter token");
    page.type("dialog input", FixtureServer.TOKEN);
    page.click("dialog [type=submit]");

    // Then
    page.awaitText("#tenants", "meridian-bank");
    page.await(() -> assertThat(page.one("#banner").isDisplayed()).isFalse());
    assertThat(page.run("return sessionStorage.length + ':' + localStorage.length"))
        .isEqualTo("1:0");
    page.reload();
    page.awaitText("#tenants", "meridian-bank");
  }

  @Test
  void shouldSayWhatFailedAndOfferToTryAgain() {
    // Given
    Page page = STAGE.open(Scene.FAILING, "#/tenants/meridian-bank");
    page.awaitText(".trouble", "The answer could not be made.");
    assertThat(page.text(".trouble")).contains("The log of the instance says why.");
    STAGE.server().become(Scene.ONE_TENANT);

    // When
    page.push("Try again");

    // Then
    page.awaitText(".facts", "48 examples");
    assertThat(page.text(".trouble")).isEmpty();
  }
}
