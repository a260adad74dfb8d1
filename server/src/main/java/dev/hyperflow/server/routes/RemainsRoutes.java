package dev.hyperflow.server.routes;

import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.PathText;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.server.json.Remains;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.view.InstanceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for a tenant in every partition and every store of all instances. */
final class RemainsRoutes {
  private static final long RETRY_MILLIS = 500;

  private final Instance instance;
  private final TopicWriter topics;
  private final TenantPlaces places;
  private final Peers peers;

  /**
   * Routes over an instance.
   *
   * @param topics knows how many partitions there are
   * @param places knows which partitions have a tenant
   */
  RemainsRoutes(Instance instance, TopicWriter topics, TenantPlaces places, Peers peers) {
    this.places = places;
    this.instance = instance;
    this.topics = topics;
    this.peers = peers;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/tenants/{tenant}/remains",
            Route.Access.READ,
            Route.Doc.gives(
                "What is held of a tenant, in every partition and store", Remains.class),
            this::remains),
        Route.get(
            "/api/v1/tenants/{tenant}/places",
            Route.Access.READ,
            Route.Doc.gives(
                "The partitions that have something of a tenant, of all instances that answer",
                Tenants.Places.class),
            call -> Reply.ok(new Tenants.Places(call.tenant(), places.of(call)))));
  }

  private Reply remains(Call call) {
    String tenant = call.tenant();
    InstanceView.Remains own = instance.view().remains(tenant);
    List<Remains> all = new ArrayList<>();
    all.add(remains(tenant, own.partitions(), own.entries()));
    if (!call.isForwarded()) {
      all.addAll(
          peers.gather(
              call, "/api/v1/tenants/" + PathText.encode(tenant) + "/remains", Remains.class));
    }
    Map<String, Long> byStore = new TreeMap<>();
    all.forEach(
        one -> one.byStore().forEach((store, count) -> byStore.merge(store, count, Long::sum)));
    Remains sum = remains(tenant, all.stream().mapToInt(Remains::partitions).sum(), byStore);
    if (!call.isForwarded()
        && sum.partitions() != topics.partitions(instance.config().topics().support())) {
      throw ProblemException.retryable(
          ErrorCode.REBALANCING, "a partition is moving between instances", RETRY_MILLIS);
    }
    return Reply.ok(sum);
  }

  private static Remains remains(String tenant, int partitions, Map<String, Long> byStore) {
    return new Remains(
        tenant, partitions, byStore.values().stream().mapToLong(Long::longValue).sum(), byStore);
  }
}
