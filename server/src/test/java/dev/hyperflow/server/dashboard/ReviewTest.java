package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The queue of answers, with the keys and without. */
@Tag("browser")
class ReviewTest {

  private static final String REVIEW = "#/review/meridian-bank";
  private static final String TENANT = "/api/v1/tenants/meridian-bank";

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldReviewTenAnswersWithTheKeysAlone() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW);
    page.awaitText("#review-left", "16 answers left");
    page.awaitText("#review-accuracy", "%");
    String accuracy = page.text("#review-accuracy");

    // When nine are decided by number or accepted, and one is skipped
    for (String key : List.of("1", "2", "1", "\uE007", "3", "s", "1", "2", "\uE007", "1", "4")) {
      String text = page.text("#review-text");
      page.press(key);
      page.await(() -> assertThat(page.text("#review-text")).isNotEqualTo(text));
    }

    // Then each is sent once, and what was done and became is shown
    page.await(() -> assertThat(STAGE.posted(TENANT + "/feedback")).hasSize(10));
    assertThat(page.text("#review-done")).isEqualTo("10");
    assertThat(page.text("#review-left")).isEqualTo("5 answers left");
    assertThat(page.text("#review-progress")).containsPattern("The answer was right \\d+ of 10");
    page.await(
        () ->
            assertThat(page.text("#review-accuracy"))
                .as("accuracy then and now")
                .startsWith(accuracy + " → "));
  }

  @Test
  void shouldShowTheLeastCertainFirstWithTheExamplesThatMattered() {
    // When
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW);

    // Then
    page.awaitText("#review-text", "can I change the day of the delivery");
    page.await(() -> assertThat(page.texts(".choice .bar-name")).hasSize(6));
    page.await(() -> assertThat(page.all(".influence li")).hasSize(8));
    page.awaitText(".influence li", "the invoice");
    assertThat(STAGE.posted(TENANT + "/predict").get(0))
        .contains("\"queryId\":\"q-8\"")
        .contains("\"influence\":true");
  }

  @Test
  void shouldTakeBackTheLastOne() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW);
    page.awaitText("#review-text", "can I change");
    page.press("2");
    page.awaitText("#review-done", "1");

    // When
    page.press("z");

    // Then
    page.awaitText("#review-text", "can I change");
    page.awaitText("#review-done", "0");
    page.await(() -> assertThat(STAGE.posted(TENANT + "/support")).hasSize(1));
    assertThat(STAGE.posted(TENANT + "/support").get(0))
        .isEqualTo("{\"operation\":\"RETRACT\",\"targetEventId\":\"feedback-q-8\"}");

    // When it gets another label
    page.press("1");

    // Then the retraction cannot hit it, whichever comes first
    page.await(() -> assertThat(STAGE.posted(TENANT + "/feedback")).hasSize(2));
    assertThat(STAGE.posted(TENANT + "/feedback").get(1)).contains("\"eventId\":\"review-");
  }

  @Test
  void shouldSearchLabelsByLettersAndMakeNewOnes() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW);
    page.awaitText("#review-text", "can I change");
    page.awaitText("#review-accuracy", "%");

    // When
    page.press("d");
    page.await(() -> assertThat(page.texts(".options li")).startsWith("delivery"));
    page.press(Keys.ENTER);

    // Then
    page.await(() -> assertThat(STAGE.posted(TENANT + "/feedback")).hasSize(1));
    assertThat(STAGE.posted(TENANT + "/feedback").get(0)).contains("\"label\":\"delivery\"");

    // When
    page.press("n");
    page.press("other");
    page.awaitText(".options", "New label other");
    page.press(Keys.ENTER);

    // Then
    page.await(() -> assertThat(STAGE.posted(TENANT + "/feedback")).hasSize(2));
    assertThat(STAGE.posted(TENANT + "/feedback").get(1)).contains("\"label\":\"other\"");
  }

  @Test
  void shouldFilterAndKeepTheFiltersInTheAddress() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW + "?filter=none-of-these");
    page.awaitText("#review-text", FixtureTenant.OUT_OF_SCOPE);
    page.awaitText("#review-left", "1 answer left");
    assertThat(page.text(".review-head")).contains("None of these");

    // When
    page.select("Answers", "All answers");
    page.type("[placeholder='Part of the text']", "invoice");

    // Then
    page.awaitText("#review-left", "3 answers left");
    assertThat(page.address()).endsWith(REVIEW + "?text=invoice");
  }

  @Test
  void shouldReviewAllTenantsTogether() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/review");

    // Then
    page.awaitText("#review-left", "48 answers left");
    assertThat(page.text(".review-head")).contains("tenant-000").contains("only this one");
  }

  @Test
  void shouldLeaveKeysAloneWhenTheyAreTurnedOff() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW);
    page.awaitText("#review-text", "can I change");
    page.click(".check input");

    // When
    page.run("document.activeElement.blur()");
    page.press("1");
    page.push("Skip");

    // Then
    page.awaitText("#review-left", "15 answers left");
    assertThat(STAGE.posted(TENANT + "/feedback")).isEmpty();
  }

  @Test
  void shouldSayHowToTurnItOn() {
    // When
    Page page = STAGE.open(Scene.BARE, REVIEW);

    // Then
    page.awaitText("#review-place", "feedback.window.ms");
  }

  @Test
  void shouldGiveAnAnswerBackThatCouldNotBeSent() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, REVIEW);
    page.awaitText("#review-text", "can I change");

    // When
    STAGE.server().become(Scene.FAILING);
    page.press("1");

    // Then
    page.awaitText(".toast", "was not taken");
    page.awaitText("#review-done", "0");
    page.awaitText("#review-left", "16 answers left");
  }
}
