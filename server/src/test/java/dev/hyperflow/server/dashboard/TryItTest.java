package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
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

  @RegisterExtension static final Browser BROWSER = new Browser();

  @RegisterExtension final Stage stage = new Stage(BROWSER);

  @Test
  void shouldPredictWhileOneTypes() {
    // Given
    Page page = stage.open(Scene.ONE_TENANT, TENANT);

    // When
    page.type("textarea", "my card was stolen on the train");

    // Then
    page.awaitText(".answer-label", "card-lost");
    page.await(
        () -> assertThat(page.texts("#result .bar-name")).hasSize(6).startsWith("card-lost"));
    page.await(() -> assertThat(page.all(".influence li")).hasSize(8));
    assertThat(page.text(".influence-title")).contains("card-lost");
    assertThat(stage.server().asked("POST", PREDICT).size()).as("debounced").isLessThan(8);

    // When
    page.type("textarea", Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);

    // Then
    page.awaitText("#result", "The answer appears here");
    assertThat(page.all(".influence li")).isEmpty();
  }

  @Test
  void shouldSayWhetherATextBelongsToALabel() {
    // Given
    Page page = stage.open(Scene.ONE_TENANT, TENANT);

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
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    CountDownLatch held = stage.server().hold("\"the parcel is late\"");
    page.type("textarea", "the parcel is late");
    page.await(() -> assertThat(stage.server().asked("POST", PREDICT)).hasSize(1));

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
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.awaitText(".facts", "48 examples");
    page.run(
        "const real = window.fetch;"
            + "window.fetch = (url, options) => real(url, {...options, signal: undefined})");
    CountDownLatch held = stage.server().hold("\"the parcel is late\"");
    page.type("textarea", "the parcel is late");
    page.await(() -> assertThat(stage.server().asked("POST", PREDICT)).hasSize(1));

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
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.awaitText(".answer-label", "billing");

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
    assertThat(stage.server().asked("POST", SUPPORT))
        .extracting(FixtureServer.Asked::body)
        .containsExactly(
            "{\"operation\":\"ADD\",\"label\":\"refund\","
                + "\"text\":\"the invoice is wrong, send money back\"}");

    // When
    page.push("Undo");

    // Then
    page.awaitText(".answer-label", "billing");
    page.awaitText(".event", "Taken back");
    page.awaitText(".facts", "48 examples");
    assertThat(stage.server().asked("POST", SUPPORT).get(1).body())
        .isEqualTo("{\"operation\":\"RETRACT\",\"targetEventId\":\"web-1\"}");
  }

  @Test
  void shouldTeachByOnePressOnALabel() {
    // Given
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.awaitText(".answer-label", "billing");

    // When
    page.click("[data-key=teach-refund]");

    // Then
    page.awaitText(".answer-label", "refund");
    page.awaitText(".event", "Added as “refund”, event web-1");
    assertThat(stage.server().asked("POST", SUPPORT))
        .extracting(FixtureServer.Asked::body)
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
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.awaitText(".answer-label", "billing");

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
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.awaitText(".answer-label", "billing");

    // When
    page.type("input[list]", "refund");
    page.push("Preview");

    // Then
    page.awaitText(".answer-label", "refund");
    page.awaitText(".answer-more + *, #result", "If it were added as “refund”");
    assertThat(stage.server().asked("POST", SUPPORT)).isEmpty();

    // When
    page.push("Back to the answer");

    // Then
    page.awaitText(".answer-label", "billing");
  }

  @Test
  void shouldFinishAPreviewWhileTheStreamGoesOn() throws Exception {
    // Given a preview whose answer is held back
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.awaitText(".answer-label", "billing");
    CountDownLatch held = stage.server().hold("\"with\":");
    page.type("input[list]", "refund");
    page.push("Preview");
    page.await(
        () ->
            assertThat(stage.server().asked("POST", PREDICT))
                .anyMatch(asked -> asked.body().contains("\"with\":")));

    // When another example arrives meanwhile
    HttpRequest another =
        HttpRequest.newBuilder(URI.create(stage.server().url()).resolve(SUPPORT))
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
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.type("textarea", "the invoice is wrong, send money back");
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());

    // When
    page.click(".influence li button");

    // Then
    page.awaitText("#result", "were not there");
    List<FixtureServer.Asked> asked = stage.server().asked("POST", PREDICT);
    assertThat(asked.get(asked.size() - 1).body()).contains("\"without\":[\"ex-");
  }

  @Test
  void shouldRetractByOneClickAfterATimeToUndo() {
    // Given
    Page page = stage.open(Scene.ONE_TENANT, TENANT);

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
    assertThat(stage.server().asked("POST", SUPPORT)).isEmpty();

    // When it is not undone
    page.click("[data-key=retract-ex-47]");

    // Then
    page.await(() -> assertThat(stage.server().asked("POST", SUPPORT)).hasSize(1));
    assertThat(stage.server().asked("POST", SUPPORT).get(0).body())
        .isEqualTo("{\"operation\":\"RETRACT\",\"targetEventId\":\"ex-47\"}");
    page.await(() -> assertThat(page.all("[data-event=ex-47]")).isEmpty());
    page.awaitText(".facts", "47 examples");
  }

  @Test
  void shouldRetractWhatIsPendingWhenTheViewIsLeft() {
    // Given
    Page page = stage.open(Scene.ONE_TENANT, TENANT);
    page.click("[data-key=retract-ex-48]");
    page.awaitText(".toast", "Retracting ex-48");

    // When
    page.show("#/tenants");

    // Then
    page.await(() -> assertThat(stage.server().asked("POST", SUPPORT)).hasSize(1));
  }
}
