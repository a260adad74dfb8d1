package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Each view shows what the API says, also when that is nothing. */
@Tag("browser")
class ViewsTest {

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldShowTheOverviewWithFiguresAndCharts() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/");

    // Then
    page.awaitText(".facts", "1,000 tenants");
    assertThat(page.text("#state")).isEqualTo("Running");
    assertThat(page.texts(".metric").get(0)).contains("events/s").contains("answers/s");
    page.await(() -> assertThat(page.all("svg[role=img] .series")).hasSizeGreaterThan(4));
    page.awaitText("main", "Text too long");
    page.awaitText("main", "minilm-l6-v2-flow-2");
    page.await(() -> assertThat(page.all("tbody .spark")).hasSize(6));
    assertThat(page.one("figure svg").getAttribute("aria-label"))
        .startsWith("Throughput, ")
        .contains("Last Events");
  }

  @Test
  void shouldSayWhatToDoWhenThereIsNoTenant() {
    // When
    Page page = STAGE.open(Scene.EMPTY, "#/");
    page.awaitText("main", "No tenants yet.");
    page.awaitText("main", "Every record could be processed.");
    page.show("#/tenants");

    // Then
    page.awaitText("main", "first labelled example");
    page.type(".message input", "newcomer");
    page.click(".message button");
    page.awaitText("h1", "newcomer");
    page.awaitText(".facts", "No example yet.");
  }

  @Test
  void shouldShowNoProbabilityWhereTheAnswerHadNoLabel() {
    // When
    Page page = STAGE.open(Scene.EMPTY, "#/tenants/" + FixtureWorld.UNTAUGHT);

    // Then
    page.awaitText(".queue-list", "No label");
    assertThat(page.text(".queue-list")).doesNotContain("%");
  }

  @Test
  void shouldShowEverythingOfATenant() {
    // When
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");

    // Then
    page.awaitText("h1", "meridian-bank");
    page.awaitText(".facts", "48 examples");
    page.await(() -> assertThat(page.all(".marker")).hasSizeGreaterThan(10));
    page.await(() -> assertThat(page.all("path.gain, path.loss")).isNotEmpty());
    page.await(() -> assertThat(page.all("#examples tbody tr")).hasSize(15));

    // When what is closed is opened
    assertThat(STAGE.server().asked("GET", "/api/v1/tenants/meridian-bank/crossvalidation"))
        .as("costs integrations")
        .isEmpty();
    page.openSections();

    // Then
    page.await(() -> assertThat(page.all("circle.map-point")).hasSizeGreaterThan(47));
    page.await(() -> assertThat(page.all(".map-head")).hasSize(6));
    page.awaitText(".dumbbells", "billing");
    page.await(() -> assertThat(page.all(".matrix tbody tr")).hasSize(6));
    assertThat(page.text("main")).contains("From cross-validation").contains("Brier score");
    assertThat(page.title()).isEqualTo("meridian-bank · HyperFlow Streams");
  }

  @Test
  void shouldKeepWhatWasOpened() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");
    page.click("[data-section=map] summary");
    page.await(() -> assertThat(page.all("circle.map-point")).isNotEmpty());

    // When
    page.reload();

    // Then
    page.await(() -> assertThat(page.all("circle.map-point")).isNotEmpty());
    assertThat(page.all(".matrix")).isEmpty();
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldNotLetMarksOfEventsMerge() {
    // When
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");
    page.await(() -> assertThat(page.all("svg[role=img] circle.marker")).hasSizeGreaterThan(10));

    // Then between two dots of labels there is room
    List<Number> gaps =
        (List<Number>)
            page.run(
                "const dots = [...document.querySelectorAll('svg[role=img] circle.marker')]"
                    + ".map((dot) => ['cx', 'r'].map((name) => Number(dot.getAttribute(name))))"
                    + ".sort((a, b) => a[0] - b[0]);"
                    + "return dots.slice(1).map(([x, r], i) => x - r - dots[i][0] - dots[i][1])");
    assertThat(gaps).allMatch(gap -> gap.doubleValue() > 1);
  }

  @Test
  void shouldTellLabelAndEventOfAPointOnTheMap() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");
    page.awaitText(".facts", "48 examples");
    page.openSections();
    page.await(() -> assertThat(page.all("circle.map-point")).isNotEmpty());

    // When the arrow keys go to the first point
    page.run("document.querySelector('.map-point').closest('svg').focus()");
    page.press(Keys.ARROW_RIGHT);

    // Then
    assertThat(page.text("#tooltip")).contains("Example ex-").contains("billing");
    Object name =
        page.run(
            "return document.querySelector('.map-point').closest('svg').getAttribute('aria-label')");
    assertThat((String) name).startsWith("Example of label billing, event ex-");
  }

  @Test
  void shouldFilterAndPageExamples() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");
    page.awaitText("#examples + *, .pager", "of 48 examples");

    // When
    page.await(() -> assertThat(page.all("select[aria-label^=Label] option")).hasSize(7));
    page.run(
        "const s = document.querySelector('select[aria-label^=Label]'); s.value = 'refund';"
            + "s.dispatchEvent(new Event('change'))");

    // Then
    page.await(
        () ->
            assertThat(page.texts("#examples tbody td[data-label=Label]"))
                .hasSize(8)
                .containsOnly("refund"));
  }

  @Test
  void shouldFollowANewTenantFromItsFirstExample() {
    // Given
    Page page = STAGE.open(Scene.EMPTY, "#/tenants/newcomer");
    page.awaitText(".facts", "No example yet.");
    page.type("textarea", "where is my parcel");
    page.awaitText("#result", "no labels");

    // When
    page.type("input[list]", "delivery");
    page.push("Add example");

    // Then
    page.awaitText(".facts", "1 example");
    page.awaitText("#result", "delivery");
    page.awaitText("#examples", "web-1");
    assertThat(STAGE.posted("/api/v1/tenants/newcomer/support")).hasSize(1);
  }

  @Test
  void shouldShowTheStateOfARestore() {
    // When
    Page page = STAGE.open(Scene.RESTORING, "#/");

    // Then
    page.awaitText("#state", "Restoring 43.0 %");
    page.awaitText("#banner", "57,000 of 100,000 records to go");
    assertThat(page.one("#banner [role=progressbar]").getDomAttribute("aria-valuenow"))
        .isEqualTo("43");
  }

  @Test
  void shouldOfferAWayBackFromAnUnknownView() {
    // When
    Page page = STAGE.open(Scene.ONE_TENANT, "#/nonsense");

    // Then
    page.awaitText("main", "There is no such view.");
    page.click("main a");
    page.awaitText("h1", "Overview");
    assertThat(page.all("h1")).hasSize(1);
  }
}
