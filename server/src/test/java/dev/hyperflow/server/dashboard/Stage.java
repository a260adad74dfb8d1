package dev.hyperflow.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fixture server for one test. When it ends, the page must not have complained and must not have
 * asked anything of another origin.
 */
final class Stage implements BeforeEachCallback, AfterEachCallback {

  private final Browser browser;
  private FixtureServer server;
  private Page page;

  Stage(Browser browser) {
    this.browser = browser;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
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
}
