package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a test does with a page and sees of it. For one thread. */
public final class Page {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In one step: a list of buttons changes while one looks at each. */
  private static final String BUTTON =
      """
      const text = (button) => {
        const copy = button.cloneNode(true);
        copy.querySelectorAll('[aria-hidden=true]').forEach((part) => part.remove());
        return copy.textContent.replace(/\\s+/g, ' ').trim();
      };
      const names = (button) => [button.getAttribute('aria-label'), text(button)];
      return [...document.querySelectorAll('button')].find(
          (button) => button.checkVisibility() && names(button).includes(arguments[0])) ?? null;
      """;

  private final WebDriver driver;
  private final String origin;

  Page(WebDriver driver, String url) {
    this.driver = driver;
    this.origin = url.substring(0, url.indexOf('/', "http://".length()));
    driver.get("about:blank");
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
    resize(1280, 900);
    theme("light");
    driver.get(url);
    run("sessionStorage.clear(); localStorage.clear()");
  }

  /** Changes the part after #, as a link would. */
  public Page show(String hash) {
    run("location.hash = arguments[0]", hash);
    return this;
  }

  void resize(int width, int height) {
    ((HasCdp) driver)
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The theme that the system prefers: light or dark. */
  void theme(String theme) {
    ((HasCdp) driver)
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(
                    Map.of("name", "prefers-color-scheme", "value", theme),
                    Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Waits until an assertion holds, also about elements that are made anew meanwhile. */
  public void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              try {
                assertion.run();
              } catch (WebDriverException e) {
                throw new AssertionError(e.getMessage(), e);
              }
            });
  }

  /** Waits until some element shows a text. */
  public void awaitText(String selector, String text) {
    await(() -> assertThat(text(selector)).as(selector).contains(text));
  }

  /** The visible text of the first element on one line, empty when there is no such element. */
  public String text(String selector) {
    List<WebElement> found = all(selector);
    return found.isEmpty() ? "" : found.get(0).getText().replaceAll("\\s+", " ");
  }

  public List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  public WebElement one(String selector) {
    await(() -> assertThat(all(selector)).as(selector).isNotEmpty());
    return driver.findElement(By.cssSelector(selector));
  }

  /** Clicks when it can be clicked. */
  public void click(String selector) {
    await(
        () -> {
          assertThat(all(selector)).as(selector).isNotEmpty();
          WebElement element = all(selector).get(0);
          assertThat(element.isEnabled()).as("%s is enabled", selector).isTrue();
          clickInTheMiddle(element);
        });
  }

  /* The driver takes what lies under the bar at the top for visible, and clicks the bar. */
  private void clickInTheMiddle(WebElement element) {
    run("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }

  /** The first visible button whose text, or name for readers, is this one. */
  WebElement button(String name) {
    AtomicReference<WebElement> found = new AtomicReference<>();
    await(() -> found.set(visibleButton(name)));
    return found.get();
  }

  private WebElement visibleButton(String name) {
    WebElement button = (WebElement) run(BUTTON, name);
    assertThat(button).as("button %s", name).isNotNull();
    return button;
  }

  /** Clicks a button by its text, or name for readers, even if it is made anew in between. */
  public void push(String name) {
    await(() -> clickInTheMiddle(visibleButton(name)));
  }

  public void type(String selector, CharSequence... keys) {
    one(selector).sendKeys(keys);
  }

  /** Opens all parts of a view that are closed until one wants them. */
  public void openSections() {
    run("document.querySelectorAll('details.section').forEach((part) => part.open = true)");
  }

  /** Presses keys wherever the focus is. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Chooses an option of a list that has this name. */
  void select(String name, String option) {
    await(
        () ->
            all("select").stream()
                .filter(list -> name.equals(list.getAccessibleName()))
                .findFirst()
                .orElseThrow()
                .findElements(By.tagName("option"))
                .stream()
                .filter(choice -> option.equals(choice.getText()))
                .findFirst()
                .orElseThrow()
                .click());
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  public Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  String title() {
    return driver.getTitle();
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** From now on the page does nothing by itself: no timer goes off. */
  void stopTheClock() {
    run(
        """
        for (let id = setTimeout(() => {}); id > 0; id--) {
          clearTimeout(id);
        }
        window.setTimeout = () => 0;
        window.setInterval = () => 0;
        """);
  }

  void reload() {
    driver.navigate().refresh();
  }

  /**
   * Everything that the page complained about, but for statuses that the fixture sent on purpose.
   */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  /** The addresses that were asked of another origin. */
  public List<String> requestsElsewhere() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> message(entry).path("message"))
        .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
        .map(message -> message.path("params").path("request").path("url").asText())
        .filter(url -> !url.startsWith(origin + "/"))
        .toList();
  }

  private static JsonNode message(LogEntry entry) {
    try {
      return JSON.readTree(entry.getMessage());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture of what the window shows. */
  Path picture() {
    return ((TakesScreenshot) driver).getScreenshotAs(OutputType.FILE).toPath();
  }
}
