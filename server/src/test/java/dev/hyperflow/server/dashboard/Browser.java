package dev.hyperflow.server.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.Augmenter;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * A headless Chromium for the tests of one class, or a loud skip where there is none.
 *
 * <p>Uses the browser and the driver that are installed ({@code -Dhyperflow.chromium=FILE}, {@code
 * -Dhyperflow.chromedriver=FILE}) and downloads nothing.
 */
public final class Browser implements BeforeAllCallback, AfterAllCallback {

  private static final List<String> CHROMIUMS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");

  private ChromeDriverService service;
  private WebDriver driver;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path chromium = find("hyperflow.chromium", CHROMIUMS);
    Path chromedriver = find("hyperflow.chromedriver", DRIVERS);
    service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .withSilent(true)
            .build();
    service.start();
    // Not a ChromeDriver: that one needs Selenium's manager, which downloads browsers.
    driver = new Augmenter().augment(new RemoteWebDriver(service.getUrl(), options(chromium)));
  }

  private static ChromeOptions options(Path chromium) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update");
    return options;
  }

  private static Path find(String property, List<String> places) {
    Optional<Path> found =
        Stream.concat(Stream.ofNullable(System.getProperty(property)), places.stream())
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String missing =
          "the browser tests need Chromium and its driver (-D%s=FILE); none of these is there: %s"
              .formatted(property, places);
      System.err.println("SKIPPED: " + missing);
      Assumptions.abort(missing);
    }
    return found.orElseThrow();
  }

  /** A page at an address, seen at 1280 × 900 in the light theme, with nothing kept from before. */
  public Page open(String url) {
    return new Page(driver, url);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (driver != null) {
      driver.quit();
    }
    if (service != null) {
      service.stop();
    }
  }
}
