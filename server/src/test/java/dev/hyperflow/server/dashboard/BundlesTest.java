package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** A rollout is seen, and moved only after a question. */
@Tag("browser")
class BundlesTest {

  private static final String BUNDLES = "/api/v1/bundles";

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldShowTheRollout() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/bundles");

    // Then
    page.awaitText("main", "In shadow");
    assertThat(page.text("main"))
        .contains("642 of 1,000 tenants")
        .contains("93.4 %")
        .contains("+2.2 points");
    assertThat(page.one("[data-key=promote]").getDomAttribute("class")).isEqualTo("primary");
    assertThat(page.one("[role=progressbar]").getDomAttribute("aria-valuenow")).isEqualTo("64");
  }

  @Test
  void shouldPromoteOnlyWhenConfirmed() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/bundles");
    page.click("[data-key=promote]");
    page.awaitText("dialog", "Promote minilm-l6-v2-flow-2?");

    // When
    page.press(Keys.ESCAPE);

    // Then
    page.await(() -> assertThat(page.all("dialog")).isEmpty());
    assertThat(STAGE.posted(BUNDLES)).isEmpty();
    assertThat(page.focused().getText()).isEqualTo("Promote");

    // When
    page.click("[data-key=promote]");
    page.click("dialog [type=submit]");

    // Then
    page.await(() -> assertThat(STAGE.posted(BUNDLES)).containsExactly("{\"action\":\"PROMOTE\"}"));
    page.awaitText("main", "Rolling out");
  }

  @Test
  void shouldRollBackOnlyWhenConfirmed() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/bundles");

    // When
    page.click("[data-key=rollback]");
    page.push("Cancel");
    page.click("[data-key=rollback]");
    page.click("dialog [type=submit]");

    // Then
    page.await(
        () -> assertThat(STAGE.posted(BUNDLES)).containsExactly("{\"action\":\"ROLLBACK\"}"));
    page.awaitText("main", "No rollout is under way.");
  }

  @Test
  void shouldNotOfferWhatIsTurnedOff() {
    // When
    Page page = STAGE.open(Scene.BARE, "#/bundles");

    // Then
    page.awaitText("main", "Bundles cannot be changed from here.");
    assertThat(page.one("form input").isEnabled()).isFalse();
    assertThat(page.button("Shadow").isEnabled()).isFalse();
    assertThat(page.button("Promote").isEnabled()).isFalse();
  }

  @Test
  void shouldBringABundleIntoShadow() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/bundles");
    page.awaitText("main", "No bundle was changed since the start.");

    // When
    page.type("form input", "/srv/bundles/next.zip");
    page.push("Shadow");
    page.awaitText("dialog", "/srv/bundles/next.zip");
    page.click("dialog [type=submit]");

    // Then
    page.await(
        () ->
            assertThat(STAGE.posted(BUNDLES))
                .containsExactly("{\"action\":\"SHADOW\",\"bundle\":\"/srv/bundles/next.zip\"}"));

    // Then promoting is not what one does next: it has answered nothing yet
    page.awaitText("main", "Nothing compared yet");
    assertThat(page.text("main")).contains("0 of 1,000 tenants · not begun yet");
    assertThat(page.one("[data-key=promote]").getDomAttribute("class")).isEmpty();
  }
}
