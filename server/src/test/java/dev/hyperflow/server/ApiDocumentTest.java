package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.OpenApi;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.http.RouteTable;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.server.routes.RouteList;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.view.Owner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  private static final ApplicationConfig CONFIG =
      ApplicationConfig.of(
          Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry"));

  private final List<Route> routes = routes();

  private static List<Route> routes() {
    try (MetricsPage metrics = new MetricsPage(CONFIG)) {
      Instance instance = new Instance(CONFIG, metrics);
      return RouteList.of(
          instance,
          new TopicWriter(CONFIG),
          new Peers(
              new Peers.Cluster(tenant -> new Owner.Local(), List::of),
              CONFIG.http(),
              Optional.empty()),
          InstantSource.system());
    }
  }

  @Test
  void shouldKeepTheDocumentUpToDate() throws Exception {
    Path file = Path.of("../docs/openapi.json");
    String document = new String(OpenApi.document(routes), StandardCharsets.UTF_8);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, document);
    }

    assertThat(document)
        .as("the document lists every route; -Dgolden.update=true writes it")
        .isEqualTo(Files.readString(file));
  }

  @Test
  void shouldFindEveryRouteByItsPath() {
    RouteTable table = new RouteTable(routes);
    for (Route route : routes) {
      String path = route.path().replaceAll("\\{[a-z]+}", "x%2Fy");

      assertThat(table.find(route.method(), path).route()).isEqualTo(route);
    }
  }
}
