package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contrast, narrow screens, themes, and names that look like markup. */
@Tag("browser")
class AppearanceTest {

  /** WCAG 2.2 AA: text, and what is not text but must be told from its ground. */
  private static final double TEXT = 4.5;

  private static final double MARK = 3.0;

  private static final List<String> GROUNDS = List.of("--bg", "--surface", "--sunken");
  private static final List<String> TEXTS =
      List.of("--ink", "--ink-2", "--ink-3", "--before", "--after", "--bad");
  private static final List<String> MARKS =
      List.of(
          "--line-control",
          "--ok",
          "--warn",
          "--c1",
          "--c2",
          "--c3",
          "--c4",
          "--c5",
          "--c6",
          "--c7",
          "--c8");

  @RegisterExtension static final Stage STAGE = new Stage();

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void shouldHaveEnoughContrast(String theme) {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/");
    page.theme(theme);
    page.await(() -> assertThat(page.one("html").getDomAttribute("data-theme")).isEqualTo(theme));
    SoftAssertions contrast = new SoftAssertions();

    // Then
    for (String ground : GROUNDS) {
      TEXTS.forEach(text -> check(contrast, page, text, ground, TEXT));
      MARKS.forEach(mark -> check(contrast, page, mark, ground, MARK));
    }
    check(contrast, page, "--inverse", "--ink", TEXT);
    check(contrast, page, "--ink", "--warn-soft", TEXT);
    check(contrast, page, "--ink", "--bad-soft", TEXT);
    contrast.assertAll();
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldKeepTheNumbersOfAnAxisWithinTheirChart() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/");
    page.await(() -> assertThat(page.all("figure .series")).hasSizeGreaterThan(4));

    // Then
    List<Number> inside =
        (List<Number>)
            page.run(
                "const left = (element) => element.getBoundingClientRect().left;"
                    + "return [...document.querySelectorAll('figure text')]"
                    + ".map((text) => left(text) - left(text.closest('svg')))");
    assertThat(inside).isNotEmpty().allMatch(pixels -> pixels.doubleValue() >= 0);
  }

  private static void check(
      SoftAssertions contrast, Page page, String one, String other, double least) {
    double ratio = ratio(luminance(page, one), luminance(page, other));
    contrast.assertThat(ratio).as("%s on %s", one, other).isGreaterThanOrEqualTo(least);
  }

  private static double ratio(double a, double b) {
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  /** Relative luminance as WCAG defines it. */
  private static double luminance(Page page, String token) {
    Object colour =
        page.run(
            "const probe = document.createElement('i');"
                + "probe.style.color = `var(${arguments[0]})`;"
                + "document.body.append(probe);"
                + "const colour = getComputedStyle(probe).color;"
                + "probe.remove();"
                + "return colour.match(/[\\d.]+/g).slice(0, 3).map(Number)",
            token);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double value = ((Number) ((List<?>) colour).get(i)).doubleValue() / 255;
      sum +=
          weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void shouldSwitchTheThemeAndRememberIt() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/");
    Object light = page.run("return getComputedStyle(document.body).backgroundColor");

    // When: from automatic to light to dark
    page.click("#theme");
    page.click("#theme");
    Object dark = page.run("return getComputedStyle(document.body).backgroundColor");
    page.reload();

    // Then
    assertThat(dark).isNotEqualTo(light);
    page.awaitText("#theme", "Dark");
    assertThat(page.run("return getComputedStyle(document.body).backgroundColor")).isEqualTo(dark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#/",
        "#/review",
        "#/tenants",
        "#/tenants/tenant-0003",
        "#/import",
        "#/bundles",
        "#/letters"
      })
  void shouldNotScrollSidewaysAt360Pixels(String hash) {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, hash);

    // When
    page.resize(360, 740);
    page.await(() -> assertThat(page.all("[aria-busy=true]")).isEmpty());

    // Then
    page.await(
        () -> assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(360L));
  }

  @Test
  void shouldNotScrollSidewaysWhateverNamesAre() {
    // Given
    Page page = STAGE.open(Scene.HOSTILE, "#/tenants/" + "x".repeat(180));
    page.awaitText(".facts", "50 examples");

    // When
    page.resize(360, 740);
    page.await(() -> assertThat(page.all(".suspects li")).isNotEmpty());

    // Then
    page.await(
        () -> assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(360L));
  }

  @Test
  void shouldShowFiftyTenantsInTwoLinesEachOnAPhone() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants");

    // When
    page.resize(390, 844);
    page.await(() -> assertThat(page.all("#tenants tbody tr")).hasSize(50));

    // Then
    page.await(
        () ->
            assertThat((long) page.run("return document.documentElement.scrollHeight"))
                .isLessThan(3_500));
  }

  @Test
  void shouldKeepHostileNamesText() {
    // Given
    Page page = STAGE.open(Scene.HOSTILE, "#/tenants");
    page.await(() -> assertThat(page.all("#tenants tbody tr")).hasSize(5));
    assertThat(page.texts("#tenants tbody th a"))
        .contains(FixtureWorld.HOSTILE, "a/b?c=d#e&f%2F", "“ ”", "x".repeat(180));

    // When each of them is opened
    for (String tenant : List.of(FixtureWorld.HOSTILE, "a/b?c=d#e&f%2F", "x".repeat(180))) {
      page.run("location.hash = '#/tenants/' + encodeURIComponent(arguments[0])", tenant);
      page.awaitText(".facts", "50 examples");
      page.type("textarea", "markup as a label");
      page.await(() -> assertThat(page.text(".answer-label")).isEqualTo(FixtureWorld.HOSTILE));
      page.openSections();
      page.await(() -> assertThat(page.all(".matrix tbody tr")).hasSize(8));
      assertThat(page.texts("h1")).containsExactly(tenant);
    }

    // Then nothing of them has become an element
    assertThat(page.all("img")).isEmpty();
    assertThat(page.title()).doesNotContain("owned").endsWith("· HyperFlow Streams");
    assertThat(STAGE.posted("/api/v1/tenants/a%2Fb%3Fc%3Dd%23e%26f%252F/predict")).isNotEmpty();
    assertThat(page.all("script:not([src])")).isEmpty();
  }

  @Test
  void shouldHaveNoInlineScriptOrStyle() {
    // When
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");
    page.awaitText(".facts", "48 examples");

    // Then the page is served as it must be served, and has nothing that the policy forbids
    assertThat(page.all("style, script:not([src]), [onclick], [onerror], [onload]")).isEmpty();
    assertThat(page.all("link:not([href^='assets/']), script:not([src^='assets/'])")).isEmpty();
  }
}
