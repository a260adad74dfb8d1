package dev.hyperflow.server.routes;

import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.PathText;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the partitions that have something of a tenant. Producers should know one of them. */
final class TenantPlaces {
  private final Instance instance;
  private final Peers peers;

  /** Places over an instance. */
  TenantPlaces(Instance instance, Peers peers) {
    this.instance = instance;
    this.peers = peers;
  }

  /** Those of the call's tenant, in all instances that answer unless one of them asks. */
  List<Tenants.Place> of(Call call) {
    return call.isForwarded() ? here(call.tenant()) : everywhere(call);
  }

  /** The places on all instances; the others are asked for theirs. */
  List<Tenants.Place> everywhere(Call call) {
    List<Tenants.Place> places = new ArrayList<>(here(call.tenant()));
    peers
        .gatherSome(
            call,
            "/api/v1/tenants/" + PathText.encode(call.tenant()) + "/places",
            Tenants.Places.class)
        .forEach(other -> places.addAll(other.places()));
    places.sort(Comparator.comparingInt(Tenants.Place::partition));
    return List.copyOf(places);
  }

  private List<Tenants.Place> here(String tenant) {
    int own = instance.view().partitionOf(tenant);
    List<Tenants.Place> places = new ArrayList<>();
    instance
        .view()
        .examplesByPartition(tenant)
        .forEach(
            (partition, examples) ->
                places.add(
                    new Tenants.Place(partition, instance.name(), examples, partition == own)));
    return places;
  }
}
