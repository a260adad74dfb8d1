package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What a labeller corrects on the page of a tenant: labels, examples, and the tenant itself. */
@Tag("browser")
class CorrectTest {

  private static final String TENANT = "#/tenants/meridian-bank";
  private static final String SUPPORT = "/api/v1/tenants/meridian-bank/support";
  private static final String NAME = "dialog input";

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldRenameALabelAndUndoIt() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);

    // When
    page.push("Change label billing");
    page.type(NAME, Keys.chord(Keys.CONTROL, "a"), "invoices", Keys.ENTER);

    // Then
    page.await(() -> assertThat(labels(page)).contains("invoices").doesNotContain("billing"));
    assertThat(STAGE.posted(SUPPORT))
        .containsExactly(
            "{\"operation\":\"RENAME_LABEL\",\"label\":\"billing\",\"targetLabel\":\"invoices\"}");

    // When
    page.push("Undo");

    // Then
    page.await(() -> assertThat(labels(page)).contains("billing").doesNotContain("invoices"));
  }

  @Test
  void shouldMergeALabelIntoAnotherOne() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.push("Change label billing");

    // When
    page.type(NAME, Keys.chord(Keys.CONTROL, "a"), "refund");
    page.awaitText("dialog", "“refund” exists: 8 examples of “billing” become examples of it.");
    page.push("Merge");

    // Then
    page.await(() -> assertThat(labels(page)).hasSize(5).doesNotContain("billing"));
    assertThat(STAGE.posted(SUPPORT))
        .containsExactly(
            "{\"operation\":\"MERGE_LABELS\",\"label\":\"billing\",\"targetLabel\":\"refund\"}");
  }

  @Test
  void shouldSpeakOfOneExampleInTheSingular() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "who sent this");
    page.type("input[list]", "other");
    page.push("Add example");
    page.awaitText(".event", "Added as “other”");

    // When
    page.push("Change label other");
    page.type(NAME, Keys.chord(Keys.CONTROL, "a"), "refund");

    // Then
    page.awaitText("dialog", "1 example of “other” becomes an example of it.");
  }

  @Test
  void shouldCancelAQuestionWhenItsViewIsLeft() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.push("Change label billing");
    page.awaitText("dialog", "Label billing");

    // When
    page.show("#/tenants");

    // Then
    page.awaitText("h1", "Tenants");
    page.await(() -> assertThat(page.all("dialog")).isEmpty());
    assertThat(STAGE.posted(SUPPORT)).isEmpty();
  }

  @Test
  void shouldForgetALabelOnlyWhenConfirmed() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.push("Change label billing");
    page.push("Forget label");
    page.awaitText("dialog", "Forget billing?");
    page.push("Cancel");
    page.await(() -> assertThat(page.all("dialog")).isEmpty());
    assertThat(STAGE.posted(SUPPORT)).isEmpty();

    // When
    page.push("Change label billing");
    page.push("Forget label");
    page.push("Forget");

    // Then
    page.await(() -> assertThat(labels(page)).hasSize(5).doesNotContain("billing"));
    assertThat(STAGE.posted(SUPPORT))
        .containsExactly("{\"operation\":\"FORGET_LABEL\",\"label\":\"billing\"}");
  }

  @Test
  void shouldGiveAnExampleAnotherLabel() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.awaitText("[data-event=ex-48]", "error message when the app opens");

    // When
    page.push("Relabel ex-48");
    page.type(NAME, "billing", Keys.ENTER);

    // Then
    page.awaitText("[data-event=ex-48] [data-label=Label]", "billing");
    assertThat(STAGE.posted(SUPPORT))
        .containsExactly(
            "{\"operation\":\"ADD\",\"eventId\":\"ex-48\",\"label\":\"billing\","
                + "\"text\":\"error message when the app opens 3\"}");
    page.awaitText(".toast", "Now an example of “billing”.");

    // When
    page.push("Undo");

    // Then
    page.awaitText("[data-event=ex-48] [data-label=Label]", "technical");
  }

  @Test
  void shouldSayHowToTurnTextsOn() {
    // When
    Page page = STAGE.open(Scene.BARE, TENANT);

    // Then an example is known by its id, and cannot be sent again with another label
    page.awaitText("main", "Texts are turned off; memory.texts=keep keeps those");
    page.awaitText("[data-event=ex-48] th", "ex-48");
    assertThat(page.all("[data-key^=relabel]")).isEmpty();
  }

  @Test
  void shouldRetractASuspectedMislabel() {
    // Given an example with a label that its neighbours contradict
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.awaitText(".facts", "48 examples");
    assertThat(page.all("[data-suspect]")).isEmpty();
    page.type("textarea", "my card was stolen please block it");
    page.type("input[list]", "billing");
    page.push("Add example");

    // When
    page.awaitText("[data-suspect=web-1]", "my card was stolen please block it");
    assertThat(page.text("[data-suspect=web-1]")).contains("the others say card-lost");
    page.push("Retract the suspect web-1");

    // Then
    page.await(() -> assertThat(page.all("[data-suspect]")).isEmpty());
    page.awaitText(".facts", "48 examples");
    assertThat(STAGE.posted(SUPPORT)).last().asString().contains("\"targetEventId\":\"web-1\"");
  }

  @Test
  void shouldDropASuspectThatCameAndWentBetweenTwoLooks() {
    // Given a change, whose suspects are asked for while a wrong example comes and goes
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.awaitText(".facts", "48 examples");
    STAGE
        .server()
        .tenant("meridian-bank")
        .pass("passing", "billing", "my card was stolen please block it");
    page.push("Change label billing");
    page.type(NAME, Keys.chord(Keys.CONTROL, "a"), "invoices", Keys.ENTER);

    // When
    page.awaitText("[data-suspect=passing]", "my card was stolen please block it");

    // Then the support set is what it was before, and still the page asks again
    page.await(() -> assertThat(page.all("[data-suspect]")).isEmpty());
  }

  @Test
  void shouldKeepOneLabelOfATextThatHasTwo() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.awaitText(".facts", "48 examples");
    page.type("textarea", "my card was stolen please block the card 0");
    page.type("input[list]", "billing");
    page.push("Add example");

    // When
    page.awaitText("[data-conflict]", "One text, 2 labels");
    page.push("Keep only the label card-lost");

    // Then
    page.await(() -> assertThat(page.all("[data-conflict]")).isEmpty());
    assertThat(STAGE.posted(SUPPORT)).last().asString().contains("\"targetEventId\":\"web-1\"");
  }

  @Test
  void shouldCorrectARefusedRecordAndSendItAgain() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/");
    page.click("a[href='#/letters']");
    page.awaitText("[data-letter]", "EMPTY_TEXT");
    assertThat(page.text("[data-letter]")).contains(FixtureWorld.HOSTILE);

    // When
    page.push("Look");
    page.type("dialog textarea", Keys.chord(Keys.CONTROL, "a"), "{\"text\":\"full\"}");
    page.push("Send again");

    // Then
    page.awaitText(".toast", "Sent again to support:0:91.");
    assertThat(STAGE.posted("/api/v1/dead-letters/replay").get(0))
        .isEqualTo("{\"at\":\"dead-letters:0:7\",\"record\":\"{\\\"text\\\":\\\"full\\\"}\"}");
  }

  @Test
  void shouldForgetATenantOnlyWhenItsNameIsTyped() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.awaitText(".facts", "48 examples");
    page.push("Forget tenant");
    page.type(NAME, "meridian");
    assertThat(page.button("Forget").isEnabled()).isFalse();

    // When
    page.type(NAME, "-bank");
    page.push("Forget");

    // Then
    page.awaitText(".facts", "No example yet.");
    assertThat(page.text("main")).doesNotContain("error message when the app opens");
    assertThat(STAGE.server().asked("DELETE", "/api/v1/tenants/meridian-bank")).hasSize(1);
  }

  private static List<String> labels(Page page) {
    return page.texts(".label-row .bar-name");
  }
}
