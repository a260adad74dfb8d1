package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Asking, teaching and taking back, as one does it on the page of a tenant. */
@Tag("browser")
class TryItTest {

  private static final String TENANT = "#/tenants/meridian-bank";
  private static final String PREDICT = "/api/v1/tenants/meridian-bank/predict";
  private static final String SUPPORT = "/api/v1/tenants/meridian-bank/support";

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldPredictWhileOneTypes() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);

    // When
    page.type("textarea", "my card was stolen on the train");

    // Then
    page.awaitText(".answer-label", "card-lost");
    page.await(
        () -> assertThat(page.texts("#result .bar-name")).hasSize(6).startsWith("card-lost"));
    page.await(() -> assertThat(page.all(".influence li")).hasSize(8));
    assertThat(page.text(".influence-title")).contains("card-lost");
    assertThat(STAGE.posted(PREDICT).size()).as("debounced").isLessThan(8);

    // When
    page.type("textarea", Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);

    // Then
    page.awaitText("#result", "The answer appears here");
    assertThat(page.all(".influence li")).isEmpty();
  }

  @Test
  void shouldSayWhetherATextBelongsToALabel() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);

    // When
    page.type("textarea", "my card was stolen");

    // Then
    page.awaitText("#result", "in scope 97");
    assertThat(page.text("#result")).doesNotContain("None of these");

    // When
    page.type("textarea", " by " + FixtureTenant.OUT_OF_SCOPE);

    // Then
    page.awaitText("#result", "None of these");
    assertThat(page.text("#result")).contains("in scope 4").doesNotContain("Abstains");
  }

  @Test
  void shouldNotLetALateAnswerOverwriteANewerOne() {
    // Given an answer that is held back
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    CountDownLatch held = STAGE.server().hold("\"the parcel is late\"");
    page.type("textarea", "the parcel is late");
    page.await(() -> assertThat(STAGE.posted(PREDICT)).hasSize(1));

    // When another text is asked about, and then the first answer comes
    page.type("textarea", Keys.chord(Keys.CONTROL, "a"), "refund my money back please");
    page.awaitText(".answer-label", "refund");
    held.countDown();

    // Then
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());
    assertThat(page.text(".answer-label")).isEqualTo("refund");
    assertThat(page.one("#result").getDomAttribute("aria-busy")).isNull();
  }

  @Test
  void shouldDropALateAnswerThatCouldNoLongerBeStopped() {
    // Given a page that cannot give up requests
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.awaitText(".facts", "48 examples");
    page.run(
        "const real = window.fetch;"
            + "window.fetch = (url, options) => real(url, {...options, signal: undefined})");
    CountDownLatch held = STAGE.server().hold("\"the parcel is late\"");
    page.type("textarea", "the parcel is late");
    page.await(() -> assertThat(STAGE.posted(PREDICT)).hasSize(1));

    // When
    page.type("textarea", Keys.chord(Keys.CONTROL, "a"), "refund my money back please");
    page.awaitText(".answer-label", "refund");
    held.countDown();

    // Then
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());
    assertThat(page.text(".answer-label")).isEqualTo("refund");
  }

  @Test
  void shouldAddAnExampleShowTheChangeAndTakeItBack() {
    // Given
    Page page = askAboutAnInvoice();

    // When
    page.type("input[list]", "refund");
    page.push("Add example");

    // Then
    page.awaitText(".answer-label", "refund");
    page.awaitText(".event", "Added as “refund”, event web-1");
    assertThat(page.text(".event")).contains("Visible after").contains("fingerprint");
    assertThat(page.texts("#result .bar-figure .was")).hasSizeGreaterThan(5);
    page.awaitText(".facts", "49 examples");
    page.awaitText("#examples tbody tr", "web-1");
    assertThat(STAGE.posted(SUPPORT))
        .containsExactly(
            "{\"operation\":\"ADD\",\"label\":\"refund\","
                + "\"text\":\"the invoice is wrong, send money back\"}");

    // When
    page.push("Undo");

    // Then
    page.awaitText(".answer-label", "billing");
    page.awaitText(".event", "Taken back");
    page.awaitText(".facts", "48 examples");
    assertThat(STAGE.posted(SUPPORT).get(1))
        .isEqualTo("{\"operation\":\"RETRACT\",\"targetEventId\":\"web-1\"}");
  }

  @Test
  void shouldTeachByOnePressOnALabel() {
    // Given
    Page page = askAboutAnInvoice();

    // When
    page.click("[data-key=teach-refund]");

    // Then
    page.awaitText(".answer-label", "refund");
    page.awaitText(".event", "Added as “refund”, event web-1");
    assertThat(STAGE.posted(SUPPORT))
        .containsExactly(
            "{\"operation\":\"ADD\",\"label\":\"refund\","
                + "\"text\":\"the invoice is wrong, send money back\"}");

    // When
    page.push("Undo");

    // Then
    page.awaitText(".answer-label", "billing");
    page.awaitText(".facts", "48 examples");
  }

  @Test
  void shouldKeepTheColoursOfAdaptationToAdaptation() {
    // Given
    Page page = askAboutAnInvoice();

    // When what an example changes is shown
    page.type("input[list]", "refund");
    page.push("Preview");
    page.awaitText("#result", "If it were added as “refund”");

    // Then
    assertThat(page.all("#result .bars .before, #result .bars .after")).isEmpty();
    assertThat(page.all("#result .bars .was")).isNotEmpty();
  }

  @Test
  void shouldPreviewWithoutKeeping() {
    // Given
    Page page = askAboutAnInvoice();

    // When
    page.type("input[list]", "refund");
    page.push("Preview");

    // Then
    page.awaitText(".answer-label", "refund");
    page.awaitText(".answer-more + *, #result", "If it were added as “refund”");
    assertThat(STAGE.posted(SUPPORT)).isEmpty();

    // When
    page.push("Back to the answer");

    // Then
    page.awaitText(".answer-label", "billing");
  }

  @Test
  void shouldFinishAPreviewWhileTheStreamGoesOn() throws Exception {
    // Given a preview whose answer is held back
    Page page = askAboutAnInvoice();
    CountDownLatch held = STAGE.server().hold("\"with\":");
    page.type("input[list]", "refund");
    page.push("Preview");
    page.await(
        () -> assertThat(STAGE.posted(PREDICT)).anyMatch(body -> body.contains("\"with\":")));

    // When another example arrives meanwhile
    HttpRequest another =
        HttpRequest.newBuilder(URI.create(STAGE.server().url()).resolve(SUPPORT))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"operation\":\"ADD\",\"label\":\"login\",\"text\":\"other\"}"))
            .build();
    HttpClient.newHttpClient().send(another, HttpResponse.BodyHandlers.discarding());
    page.awaitText(".facts", "49 examples");
    held.countDown();

    // Then
    page.awaitText("#result", "If it were added as “refund”");
  }

  @Test
  void shouldAskWhatOneExampleChanges() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());

    // When
    page.click(".influence li button");

    // Then
    page.awaitText("#result", "were not there");
    assertThat(STAGE.posted(PREDICT)).last().asString().contains("\"without\":[\"ex-");
  }

  @Test
  void shouldRetractByOneClickAfterATimeToUndo() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);

    // When it is clicked; the time stands still while the message has the focus
    page.one("[data-key=retract-ex-48]");
    page.run(
        "document.querySelector('[data-key=retract-ex-48]').click();"
            + "document.querySelector('.toast button').focus()");

    // Then it is announced, and undone
    page.awaitText(".toast", "Retracting ex-48");
    assertThat(page.one("[data-event=ex-48]").getDomAttribute("class")).isEqualTo("going");
    page.push("Undo");
    page.await(() -> assertThat(page.all(".toast")).isEmpty());
    assertThat(STAGE.posted(SUPPORT)).isEmpty();

    // When it is not undone
    page.click("[data-key=retract-ex-47]");

    // Then
    page.await(
        () ->
            assertThat(STAGE.posted(SUPPORT))
                .containsExactly("{\"operation\":\"RETRACT\",\"targetEventId\":\"ex-47\"}"));
    page.await(() -> assertThat(page.all("[data-event=ex-47]")).isEmpty());
    page.awaitText(".facts", "47 examples");
  }

  @Test
  void shouldRetractWhatIsPendingWhenTheViewIsLeft() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.click("[data-key=retract-ex-48]");
    page.awaitText(".toast", "Retracting ex-48");

    // When
    page.show("#/tenants");

    // Then
    page.await(() -> assertThat(STAGE.posted(SUPPORT)).hasSize(1));
  }

  private static Page askAboutAnInvoice() {
    Page page = STAGE.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.awaitText(".answer-label", "billing");
    return page;
  }
}
