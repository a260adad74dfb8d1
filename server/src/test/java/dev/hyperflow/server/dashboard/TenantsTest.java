package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The table of tenants: search, sort, pages, and the keyboard alone. */
@Tag("browser")
class TenantsTest {

  private static final String NAMES = "#tenants tbody th a";

  @RegisterExtension static final Stage STAGE = new Stage();

  @Test
  void shouldShowOneTenantWithoutPages() {
    // When
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants");

    // Then
    page.await(() -> assertThat(page.texts(NAMES)).containsExactly("meridian-bank"));
    assertThat(page.text(".pager")).isEqualTo("1 tenant");
    assertThat(page.all(".pager button")).isEmpty();
  }

  @Test
  void shouldPageThroughAThousandTenants() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants");
    page.awaitText(".pager", "1–50 of 1,000 tenants");
    assertThat(page.button("Previous").isEnabled()).isFalse();

    // When
    page.push("Next");

    // Then
    page.awaitText(".pager", "51–100 of 1,000 tenants");
    assertThat(page.texts(NAMES)).hasSize(50).startsWith("tenant-0050");
    assertThat(page.address()).endsWith("#/tenants?page=1");
  }

  @Test
  void shouldSearchWhileOneTypesAndClearWithEscape() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants");
    page.awaitText(".pager", "1,000");

    // When
    page.type("[data-search]", "077");

    // Then
    page.await(
        () -> assertThat(page.texts(NAMES)).hasSize(11).allMatch(name -> name.contains("077")));
    assertThat(page.address()).endsWith("#/tenants?search=077");

    // When
    page.press(Keys.ESCAPE);

    // Then
    page.awaitText(".pager", "1,000");
    assertThat(page.one("[data-search]").getDomProperty("value")).isEmpty();
  }

  @Test
  void shouldSayThatASearchFoundNothing() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants?search=nobody");

    // Then
    page.awaitText("main", "No tenant is called “nobody”.");
    page.push("Show all tenants");
    page.awaitText(".pager", "1,000");
  }

  @Test
  void shouldMakeATenantOfASearchThatFoundNothing() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants?search=nobody");
    page.awaitText("main", "No tenant is called “nobody”.");

    // When
    page.click(".message a");

    // Then
    page.awaitText("h1", "nobody");
    page.awaitText(".facts", "No example yet.");
  }

  @Test
  void shouldMakeATenantFromTheList() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants");
    page.awaitText(".pager", "1 tenant");

    // When
    page.push("New tenant");
    page.type("dialog input", "new/comer", Keys.ENTER);

    // Then
    page.awaitText("h1", "new/comer");
    page.awaitText(".facts", "No example yet.");
  }

  @Test
  void shouldSortByGain() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants");
    page.awaitText(".pager", "1,000");
    page.click("[data-key=sort-gain]");

    // Then
    page.await(
        () ->
            assertThat(page.texts("#tenants tbody td[data-label=Gain]"))
                .hasSize(50)
                .extracting(Double::valueOf)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder()));
    assertThat(page.address()).endsWith("#/tenants?sort=gain");
  }

  @Test
  void shouldShowOnlyWhatNeedsAttention() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants");
    page.awaitText(".pager", "1,000");

    // When
    page.push("Needs attention");

    // Then
    page.awaitText(".pager", "of 9");
    assertThat(page.texts(NAMES)).allMatch(name -> name.endsWith("3"));
    assertThat(page.address()).endsWith("#/tenants?show=attention");
    assertThat(page.button("Needs attention").getDomAttribute("aria-pressed")).isEqualTo("true");
  }

  @Test
  void shouldSortByAColumnAndTurnTheOrder() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants");
    page.awaitText(".pager", "1,000");

    // When
    page.click("[data-key=sort-tested]");

    // Then
    page.await(
        () ->
            assertThat(numbers(page, "Tested"))
                .hasSize(50)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder()));
    assertThat(page.one("th[aria-sort]").getDomAttribute("aria-sort")).isEqualTo("descending");

    // When
    page.click("[data-key=sort-tested]");

    // Then
    page.await(
        () ->
            assertThat(page.one("th[aria-sort]").getDomAttribute("aria-sort"))
                .isEqualTo("ascending"));
    assertThat(page.address()).endsWith("#/tenants?sort=tested&order=asc");
  }

  @Test
  void shouldOpenTheStateThatAnAddressNames() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants?search=09&sort=examples&page=0");

    // Then
    page.await(() -> assertThat(page.texts(NAMES)).hasSize(50).allMatch(n -> n.contains("09")));
    assertThat(page.one("[data-search]").getDomProperty("value")).isEqualTo("09");
    assertThat(STAGE.server().asked("GET", "/api/v1/tenants?").get(0).path())
        .contains("search=09")
        .contains("sort=examples")
        .contains("order=desc");
  }

  @Test
  void shouldFlagDriftAndTenantsOfOtherInstances() {
    // When
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/tenants?search=tenant-000");

    // Then
    page.await(() -> assertThat(page.all(NAMES)).hasSize(10));
    assertThat(page.texts("tbody .tag"))
        .containsExactlyInAnyOrder("▲ Drift", "Pinned", "On localhost:7070");
  }

  @Test
  void shouldBeUsableByKeyboardAlone() {
    // Given
    Page page = STAGE.open(Scene.THOUSAND_TENANTS, "#/");
    page.awaitText("h1", "Overview");

    // When / goes to the search from anywhere, and the table is sorted from the keyboard
    page.run("document.activeElement.blur()");
    page.type("body", "/");
    page.await(() -> assertThat(page.focused().getAccessibleName()).isEqualTo("Search tenants"));
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Needs attention");
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).startsWith("Tenant");
    page.press(Keys.ENTER);

    // Then the order turns and the focus stays
    page.await(() -> assertThat(page.texts(NAMES)).startsWith("tenant-0999"));
    assertThat(page.focused().getText()).startsWith("Tenant");
    assertThat(page.run("return getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");

    // When
    for (int i = 0; i < 6; i++) {
      page.press(Keys.TAB);
    }
    page.press(Keys.ENTER);

    // Then
    page.awaitText("h1", "tenant-0999");
  }

  @Test
  void shouldSkipToTheContent() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants");
    page.awaitText(".pager", "1 tenant");

    // When
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Skip to content");
    page.press(Keys.ENTER);

    // Then
    assertThat(page.focused().getDomAttribute("id")).isEqualTo("main");
    assertThat(page.text("h1")).isEqualTo("Tenants");
  }

  private static List<Integer> numbers(Page page, String column) {
    return page.texts("#tenants tbody td[data-label='" + column + "']").stream()
        .map(text -> text.equals("–") ? 0 : Integer.parseInt(text))
        .toList();
  }
}
