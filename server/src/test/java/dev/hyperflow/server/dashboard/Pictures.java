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
    page.await(() -> assertThat(page.all("tbody .spark")).isNotEmpty());
    take("dashboard-overview", 1280, 1060);
    page.show("#/tenants/meridian-bank");
    page.resize(1280, 2400);
    page.await(() -> assertThat(page.all(".matrix tbody tr")).isNotEmpty());
    page.type("textarea", TEXT);
    page.await(() -> assertThat(page.all(".influence li")).isNotEmpty());
    String other = secondLabel();
    page.type("input[list]", other);
    page.push("Preview");
    page.awaitText("#result", "If it were added");
    take("dashboard-try-it", 1280, 800);
    page.theme("dark");
    page.push("Back to the answer");
    page.run("document.activeElement.blur()");
    take("dashboard-tenant-dark", 1280, 2000);
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
