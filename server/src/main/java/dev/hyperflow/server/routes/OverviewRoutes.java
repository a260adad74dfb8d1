package dev.hyperflow.server.routes;

import dev.hyperflow.server.forward.Peers;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Overview;
import dev.hyperflow.topology.internal.rollout.RolloutProgress;
import dev.hyperflow.topology.internal.view.InstanceView;
import dev.hyperflow.topology.internal.view.Percentiles;
import dev.hyperflow.topology.internal.view.Recorder;
import dev.hyperflow.topology.internal.view.Timeline;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** This instance at a glance. */
final class OverviewRoutes {
  private static final String ATTENTION = "/api/v1/attention";
  private static final int STEPS_OF_RATES = 5;
  private static final int STEPS_OF_LATENCY = 30;

  private final Instance instance;
  private final TenantTable table;
  private final InstantSource clock;
  private final Peers peers;

  /** Routes over an instance. */
  OverviewRoutes(Instance instance, TenantTable table, InstantSource clock, Peers peers) {
    this.peers = peers;
    this.instance = instance;
    this.table = table;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/overview",
            Route.Access.READ_ALL,
            Route.Doc.gives("This instance at a glance", Overview.class),
            this::overview),
        Route.get(
            ATTENTION,
            Route.Access.READ_ALL,
            Route.Doc.gives(
                "What needs a person, in all instances that answer", Attention.Found.class),
            call -> Reply.ok(attention(call, table.entries(), clock.millis()))));
  }

  /** Another instance that does not answer takes nothing from what this one knows. */
  private Attention.Found attention(Call call, List<TenantTable.Entry> tenants, long now) {
    List<Attention.Found> all = new ArrayList<>();
    all.add(
        new Attention.Found(
            List.of(instance.name()), new AttentionList(instance, now).all(tenants)));
    if (!call.isForwarded()) {
      all.addAll(peers.gatherSome(call, ATTENTION, Attention.Found.class));
    }
    return new Attention.Found(
        all.stream().flatMap(found -> found.instances().stream()).toList(),
        all.stream().flatMap(found -> found.attention().stream()).toList());
  }

  private Reply overview(Call call) {
    long now = clock.millis();
    InstanceView view = instance.view();
    List<TenantTable.Entry> tenants = table.entries();
    Recorder recorder = view.recorder();
    Recorder.Totals totals = recorder.totals();
    Timeline.Sums recent = recorder.timeline().last(STEPS_OF_RATES, now);
    Timeline.Sums minute = recorder.timeline().last(STEPS_OF_LATENCY, now);
    RolloutProgress progress = view.rollout();
    Attention.Found attention = attention(call, tenants, now);
    return Reply.ok(
        new Overview(
            now,
            view.state().name(),
            instance.name(),
            tenants.size(),
            tenants.stream().mapToLong(entry -> entry.meta().examples()).sum(),
            new Overview.Totals(
                totals.events(), totals.answers(), totals.integrations(), totals.deadLetters()),
            new Overview.PerSecond(
                recent.events() / recent.seconds(),
                recent.answers() / recent.seconds(),
                recent.integrations() / recent.seconds()),
            new Overview.Batches(
                average(minute.events(), minute.batches()),
                average(minute.waitMillis(), minute.batches()),
                minute.longestWaitMillis()),
            percentiles(minute.latency()),
            percentiles(minute.labelToHead()),
            recorder.deadLetters(),
            recorder.ignored(),
            new Overview.Sweep(progress.sweeping(), progress.visited()),
            progress.stale(),
            new AttentionList(instance, now).waiting(),
            attention.attention(),
            attention.instances(),
            recorder.timeline().history(now).stream().map(OverviewRoutes::moment).toList()));
  }

  private static double average(long sum, long count) {
    return count == 0 ? 0 : (double) sum / count;
  }

  private static Overview.Moment moment(Timeline.Point point) {
    return new Overview.Moment(
        point.at(),
        point.eventsPerSecond(),
        point.answersPerSecond(),
        orNull(point.latency().p50()),
        orNull(point.latency().p99()),
        orNull(point.labelToHead().p50()));
  }

  private static Overview.Percentiles percentiles(Percentiles percentiles) {
    return new Overview.Percentiles(orNull(percentiles.p50()), orNull(percentiles.p99()));
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
