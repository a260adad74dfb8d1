package dev.hyperflow.server.routes;

import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Overview;
import dev.hyperflow.topology.internal.rollout.RolloutProgress;
import dev.hyperflow.topology.internal.view.InstanceView;
import dev.hyperflow.topology.internal.view.Percentiles;
import dev.hyperflow.topology.internal.view.Recorder;
import dev.hyperflow.topology.internal.view.Timeline;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** This instance at a glance. */
final class OverviewRoutes {
  private static final int STEPS_OF_RATES = 5;
  private static final int STEPS_OF_LATENCY = 30;

  private final Instance instance;
  private final TenantTable table;
  private final InstantSource clock;

  /** Routes over an instance. */
  OverviewRoutes(Instance instance, TenantTable table, InstantSource clock) {
    this.instance = instance;
    this.table = table;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            "GET",
            "/api/v1/overview",
            Route.Access.READ_ALL,
            Route.Doc.gives("This instance at a glance", Overview.class),
            this::overview));
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
    AttentionList attention = new AttentionList(instance, now);
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
            attention.waiting(),
            attention.all(tenants),
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
