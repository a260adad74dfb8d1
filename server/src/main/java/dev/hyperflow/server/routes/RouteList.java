package dev.hyperflow.server.routes;

import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.OpenApi;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All routes: the API is what is listed here. */
public final class RouteList {
  private static final String DOCUMENT = "/openapi.json";

  private RouteList() {}

  /**
   * The routes over an instance.
   *
   * @param writer writes to the topics
   * @param peers the other instances
   */
  public static List<Route> of(
      Instance instance, TopicWriter writer, Peers peers, InstantSource clock) {
    TenantTable table = new TenantTable(instance);
    TenantMaps maps = new TenantMaps();
    List<Route> routes = new ArrayList<>();
    routes.addAll(new HealthRoutes(instance).routes());
    routes.addAll(new AboutRoutes(instance).routes());
    TenantPlaces places = new TenantPlaces(instance, peers);
    routes.addAll(new OverviewRoutes(instance, table, clock, peers).routes());
    routes.addAll(new TenantListRoutes(instance, table, clock, peers).routes());
    routes.addAll(new TenantRoutes(instance, maps, places, clock).routes());
    routes.add(new SupportRoutes(instance).route());
    routes.addAll(new RemainsRoutes(instance, writer, places, peers).routes());
    routes.addAll(new HeadRoutes(instance, maps).routes());
    routes.add(new SuspectRoutes(instance).route());
    routes.addAll(new PredictRoutes(instance, clock).routes());
    routes.add(new PredictBatchRoute(instance, clock).route());
    routes.addAll(new QueryListRoutes(instance, clock, peers).routes());
    routes.add(new MetricsRoute(instance).route());
    routes.addAll(new WriteRoutes(instance, writer, clock).routes());
    routes.addAll(new DeadLetterRoutes(instance.config(), clock).routes());
    routes.addAll(new ImportRoutes(instance, writer, clock).routes());
    routes.addAll(new BundleRoutes(instance, table, writer, clock).routes());
    byte[] document = OpenApi.document(routes);
    routes.add(
        Route.get(
            DOCUMENT,
            Route.Access.PUBLIC,
            Route.Doc.file("This API"),
            call -> new Reply(200, Reply.JSON, Map.of(), document)));
    routes.addAll(new PageRoutes().routes());
    return List.copyOf(routes);
  }
}
