package dev.hyperflow.app.server.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.app.metrics.MetricsPage;
import dev.hyperflow.app.server.Instance;
import dev.hyperflow.app.server.http.Reply;
import dev.hyperflow.app.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instance's meters, for Prometheus. */
final class MetricsRoute {
  private static final int OK = 200;

  private final Instance instance;

  MetricsRoute(Instance instance) {
    this.instance = instance;
  }

  Route route() {
    return new Route(
        "GET",
        "/metrics",
        Route.Access.READ_ALL,
        new Route.Doc(
            "All meters, in Prometheus' text format",
            List.of(),
            Optional.empty(),
            OK,
            Optional.empty()),
        call -> {
          byte[] page = instance.metrics().scrape().getBytes(UTF_8);
          return new Reply(OK, MetricsPage.CONTENT_TYPE, Map.of(), page);
        });
  }
}
