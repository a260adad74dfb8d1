package dev.hyperflow.server.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.metrics.MetricsPage;
import java.util.Map;

/** The instance's meters, for Prometheus. */
final class MetricsRoute {
  private static final int OK = 200;

  private final Instance instance;

  MetricsRoute(Instance instance) {
    this.instance = instance;
  }

  Route route() {
    return Route.get(
        "/metrics",
        Route.Access.READ_ALL,
        Route.Doc.file("All meters, in Prometheus' text format"),
        call -> {
          byte[] page = instance.metrics().scrape().getBytes(UTF_8);
          return new Reply(OK, MetricsPage.CONTENT_TYPE, Map.of(), page);
        });
  }
}
