package dev.hyperflow.server.routes;

import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Health;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.view.RestoreProgress;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Whether the instance lives, and whether it is ready. */
final class HealthRoutes {
  private static final int READY = 200;
  private static final int NOT_READY = 503;

  private final Instance instance;

  /** Routes over an instance. */
  HealthRoutes(Instance instance) {
    this.instance = instance;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/health/live",
            Route.Access.PUBLIC,
            Route.Doc.gives("Whether the process is sound", Health.class),
            this::live),
        Route.get(
            "/health/ready",
            Route.Access.PUBLIC,
            Route.Doc.gives("Whether it can be asked: 200, or 503 while it cannot", Health.class),
            this::ready));
  }

  private Reply live(Call call) {
    boolean failed = instance.application().flatMap(RunningApplication::failure).isPresent();
    return Reply.json(failed ? NOT_READY : READY, health(failed ? Health.Status.DOWN : null));
  }

  private Reply ready(Call call) {
    Health health = health(null);
    return health.status() == Health.Status.UP && health.reason() != null
        ? Reply.json(NOT_READY, health(Health.Status.DOWN))
        : Reply.json(health.status() == Health.Status.UP ? READY : NOT_READY, health);
  }

  private Health health(Health.Status forced) {
    Optional<RunningApplication> application = instance.application();
    if (application.isEmpty()) {
      return new Health(Health.Status.DOWN, "NOT_STARTED", new Health.Restoring(0, 0, 0), null);
    }
    KafkaStreams.State state = application.get().view().state();
    RestoreProgress.Left left = application.get().view().restoring();
    return new Health(
        forced == null ? status(state, left) : forced,
        state.name(),
        new Health.Restoring(left.remaining(), left.total(), left.fraction()),
        application.get().trouble().orElse(null));
  }

  private static Health.Status status(KafkaStreams.State state, RestoreProgress.Left left) {
    if (state == KafkaStreams.State.RUNNING) {
      return Health.Status.UP;
    }
    if (state != KafkaStreams.State.REBALANCING) {
      return Health.Status.DOWN;
    }
    return left.remaining() > 0 ? Health.Status.RESTORING : Health.Status.REBALANCING;
  }
}
