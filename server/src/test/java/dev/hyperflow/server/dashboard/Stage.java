package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser for the tests of a class, and a fixture server for each of them. When a test ends, the
 * page must not have complained and must not have asked anything of another origin.
 */
final class Stage
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private final Browser browser = new Browser();
  private FixtureServer server;
  private Page page;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    browser.beforeAll(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    page = null;
    server = FixtureServer.start(Scene.ONE_TENANT, 0);
  }

  /** Opens the page at a hash such as {@code #/tenants} in a scene. */
  Page open(Scene scene, String hash) {
    server.show(scene);
    page = browser.open(server.url() + hash);
    return page;
  }

  FixtureServer server() {
    return server;
  }

  /** The bodies that were posted to paths that begin so. */
  List<String> posted(String pathStart) {
    return server.asked("POST", pathStart).stream().map(FixtureServer.Asked::body).toList();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      if (page != null && context.getExecutionException().isEmpty()) {
        assertThat(page.complaints()).as("complaints of the page").isEmpty();
        assertThat(page.requestsElsewhere()).as("requests to other origins").isEmpty();
      }
    } finally {
      server.close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    browser.afterAll(context);
  }
}
