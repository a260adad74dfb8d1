package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.openqa.selenium.By;

/**
 * Makes the pictures of docs/dashboard.md from a demo that runs: {@code ./hyperflow demo
 * --keep-running}, then this with the page's address and the folder docs/images.
 */
final class Pictures {

  private static final String TEXT = "the terminal in the shop declined my card twice this morning";

  /** A file as people have them: with a header, and with a row that cannot be used. */
  private static final String FILE =
      """
      label,text
      card lost,my card was stolen
      card lost,block my card please
      refund,I want my money back
      refund,please refund the broken chair
      Refund,when do I get my money back
      delivery,where is my parcel
      delivery,
      """;

  private static final String DROP =
      "const data = new DataTransfer();"
          + "data.items.add(new File([arguments[0]], 'support-texts.csv'));"
          + "dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}))";

  private final Page page;
  private final Path directory;

  private Pictures(Page page, Path directory) {
    this.page = page;
    this.directory = directory;
  }

  /** Arguments: address, folder. */
  public static void main(String[] args) throws IOException {
    Browser browser = new Browser();
    browser.beforeAll(null);
    try {
      new Pictures(browser.open(args[0]), Path.of(args[1])).make();
    } finally {
      browser.afterAll(null);
    }
  }

  private void make() throws IOException {
    page.await(() -> assertThat(page.all("table .spark")).isNotEmpty());
    take("dashboard-overview", 1280, 1060);
    page.show("#/tenants");
    page.await(() -> assertThat(page.all("#tenants tbody tr")).isNotEmpty());
    take("dashboard-tenants", 1280, 620);
    take("dashboard-phone", 390, 720);
    teach();
    page.show("#/review/meridian-bank");
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());
    take("dashboard-review", 1280, 900);
    page.show("#/import/newcomer");
    page.awaitText("h1", "Import");
    page.run(DROP, FILE);
    page.awaitText("#import-main", "6 examples");
    take("dashboard-import", 1280, 1080);
    page.show("#/bundles");
    page.awaitText("main", "Answers");
    take("dashboard-bundles", 1280, 560);
    page.show("#/letters");
    page.await(() -> assertThat(page.all("[aria-busy=true]")).isEmpty());
    take("dashboard-letters", 1280, 560);
  }

  private void teach() throws IOException {
    page.show("#/tenants/meridian-bank");
    page.resize(1280, 2400);
    page.await(() -> assertThat(page.all(".label-row")).isNotEmpty());
    page.type("textarea", TEXT);
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());
    String other = secondLabel();
    page.type("input[list]", other);
    page.push("Preview");
    page.awaitText("#result", "If it were added");
    page.run("document.activeElement.blur()");
    take("dashboard-try-it", 1280, 900);
    page.theme("dark");
    page.push("Back to the answer");
    page.openSections();
    page.await(() -> assertThat(page.all(".matrix tbody tr")).isNotEmpty());
    page.run("document.activeElement.blur()");
    take("dashboard-tenant-dark", 1280, 2400);
    page.theme("light");
  }

  private String secondLabel() {
    return page.one("#result")
        .findElement(By.cssSelector(".bars li:nth-child(2) .bar-name"))
        .getText();
  }

  private void take(String name, int width, int height) throws IOException {
    page.resize(width, height);
    page.run("scrollTo(0, 0)");
    page.await(() -> assertThat(page.all("[aria-busy=true]")).isEmpty());
    Files.copy(
        page.picture(), directory.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
  }
}
