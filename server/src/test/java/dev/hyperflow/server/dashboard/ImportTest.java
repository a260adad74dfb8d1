package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A file from the disk to examples, looked at first. */
@Tag("browser")
class ImportTest {

  private static final String CSV =
      """
      label,text
      billing,the invoice is wrong
      billing,charged twice
      refund,money back please
      refund,
      refund,money back please
      """;
  private static final String IMPORT = "/api/v1/tenants/newcomer/import";

  @RegisterExtension static final Stage STAGE = new Stage();

  @TempDir Path directory;

  @Test
  void shouldImportACsvWithAHeader() throws IOException {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/import/newcomer");

    // When it is chosen
    page.type("#file", file(CSV));

    // Then it is looked at, and nothing is written
    page.awaitText("#import-main", "3 examples");
    assertThat(page.text("#import-main")).contains("2 labels · 1 tenant");
    assertThat(page.text(".findings")).contains("cannot be used").contains("Line 5");
    assertThat(page.texts("#import-rows tbody tr"))
        .hasSize(3)
        .first()
        .asString()
        .contains("billing")
        .contains("the invoice is wrong");
    assertThat(page.text("#import-side")).contains("billing 2").contains("refund 1");
    assertThat(STAGE.server().asked("POST", IMPORT))
        .hasSize(1)
        .allMatch(asked -> asked.path().contains("preview=true"));

    // When
    page.click("#import-start");

    // Then
    page.awaitText("#import-report", "Taken 3");
    assertThat(page.text("#import-report"))
        .contains("Repeated in the file 1")
        .contains("Refused 1");
    assertThat(page.text("#import-refused")).contains("5 text: expected a value");
    page.click("#import-main a");
    page.awaitText("h1", "newcomer");
    page.awaitText(".facts", "3 examples");
  }

  @Test
  void shouldLookAgainWhenOneSaysHowTheFileIsWritten() throws IOException {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/import/newcomer");
    page.type("#file", file(CSV));
    page.awaitText("#import-main", "3 examples");

    // When
    page.select("First row", "Data");

    // Then
    page.awaitText("#import-main", "4 examples");
    assertThat(page.text("#import-rows")).contains("1 label text");
  }

  @Test
  void shouldTakeAFileThatIsDroppedOnATenant() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/tenants/meridian-bank");
    page.awaitText(".facts", "48 examples");

    // When
    page.run(
        "const data = new DataTransfer();"
            + "data.items.add(new File([arguments[0]], 'dropped.csv'));"
            + "dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}))",
        CSV);

    // Then
    page.awaitText("h1", "Import");
    page.awaitText("#import-main", "dropped.csv");
    page.awaitText("#import-main", "3 examples");
    assertThat(STAGE.posted("/api/v1/tenants/meridian-bank/import")).hasSize(1);
  }

  @Test
  void shouldShowHostileFilesAsText() throws IOException {
    // Given
    Page page = STAGE.open(Scene.HOSTILE, "#/import/newcomer");

    // When
    String hostile = FixtureWorld.HOSTILE;
    page.type("#file", file("label,text\n%s,%s\n<b>x</b>,</td>\n".formatted(hostile, hostile)));

    // Then
    page.awaitText("#import-rows", hostile);
    page.awaitText("#import-side", hostile);
    page.click("#import-start");
    page.awaitText("#import-report", "Taken 2");
    assertThat(page.all("main img, main b:not(.num)")).isEmpty();
    assertThat(page.title()).doesNotContain("owned");
  }

  @Test
  void shouldStopAndSayHowToGoOn() throws IOException {
    // Given an import that is held back
    Page page = STAGE.open(Scene.ONE_TENANT, "#/import/newcomer");
    page.type("#file", file(CSV));
    page.awaitText("#import-main", "3 examples");
    STAGE.server().hold("charged twice");
    page.click("#import-start");
    page.awaitText("#import-main", "Importing");

    // When
    page.push("Stop");

    // Then
    page.awaitText("#import-main", "Import the file again to go on");
    assertThat(page.text("#import-main")).contains("Stopped.");
  }

  @Test
  void shouldBeReachableWithoutAPointer() {
    // Given
    Page page = STAGE.open(Scene.ONE_TENANT, "#/import");
    page.awaitText("h1", "Import");

    // When
    page.run("document.querySelector('#import-tenant').focus()");
    page.press(Keys.chord(Keys.SHIFT, Keys.TAB));

    // Then
    assertThat(page.focused().getDomAttribute("id")).isEqualTo("file");
  }

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("texts.csv"), content).toString();
  }
}
