package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.events.BundleAction;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.server.json.Bundles;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.rollout.ControlStep;
import dev.hyperflow.topology.internal.rollout.RolloutProgress;
import dev.hyperflow.topology.internal.source.TenantKeys;
import dev.hyperflow.topology.internal.view.Recorder;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Bundles: what serves, what comes after it, and how to change that. */
final class BundleRoutes {
  private static final String PATH = "/api/v1/bundles";
  private static final int ACCEPTED = 202;

  private final Instance instance;
  private final TenantTable table;
  private final TopicWriter writer;
  private final long started;

  /** Routes over an instance. */
  BundleRoutes(Instance instance, TenantTable table, TopicWriter writer, InstantSource clock) {
    this.instance = instance;
    this.table = table;
    this.writer = writer;
    this.started = clock.millis();
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            PATH,
            Route.Access.READ_ALL,
            Route.Doc.gives("The bundles of this instance", Bundles.class),
            this::bundles),
        Route.post(
            PATH,
            Route.Access.ADMIN,
            Route.Doc.takes(
                "Writes a control record, and answers when the brokers have it",
                Bundles.Change.class,
                ACCEPTED,
                Bundles.Written.class),
            this::change));
  }

  private Reply bundles(Call call) {
    RolloutProgress progress = instance.view().rollout();
    List<ControlStep> steps =
        instance.application().map(RunningApplication::controlSteps).orElse(List.of());
    long since =
        steps.stream()
            .filter(step -> step.outcome() == ControlStep.Outcome.ACCEPTED)
            .filter(step -> !step.action().equals("SHADOW"))
            .mapToLong(ControlStep::timestampMillis)
            .max()
            .orElse(started);
    return Reply.ok(
        new Bundles(
            new Bundles.Current(
                Names.name(progress.serving()), Names.sha256(progress.serving()), since),
            progress.candidate().map(id -> candidate(id, progress)).orElse(null),
            instance.config().topics().bundles().isPresent(),
            steps.stream()
                .map(
                    step ->
                        new Bundles.Step(
                            step.timestampMillis(),
                            step.action(),
                            step.location(),
                            step.outcome(),
                            step.why()))
                .toList()));
  }

  private Bundles.Candidate candidate(String id, RolloutProgress progress) {
    Recorder.Shadow shadow = instance.view().recorder().shadow();
    long tenants = table.entries().size();
    boolean tested = enough(shadow.tests());
    return new Bundles.Candidate(
        Names.name(id),
        Names.sha256(id),
        progress.rollsOut() ? Bundles.Mode.ROLLOUT : Bundles.Mode.SHADOW,
        new Bundles.Progress(
            progress.visited(),
            tenants,
            progress.sweeping() && tenants > 0
                ? Math.min(1, (double) progress.visited() / tenants)
                : 1),
        shadow.answers(),
        enough(shadow.answers()) ? share(shadow.agreed(), shadow.answers()) : null,
        shadow.tests(),
        tested ? share(shadow.rightServing(), shadow.tests()) : null,
        tested ? share(shadow.rightShadow(), shadow.tests()) : null);
  }

  private static boolean enough(long count) {
    return count >= TenantQuality.MIN_OBSERVATIONS;
  }

  private static Double share(long part, long all) {
    return (double) part / all;
  }

  private Reply change(Call call) {
    Bundles.Change change = Json.read(call.body(), Bundles.Change.class);
    String topic =
        instance
            .config()
            .topics()
            .bundles()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ErrorCode.NOT_CONFIGURED,
                        "topics.bundles: expected a topic for the control record, found none"));
    if (change.action() == null) {
      throw ProblemException.invalid("action", "expected SHADOW, PROMOTE or ROLLBACK, found none");
    }
    if (change.action() == Bundles.Action.SHADOW
        && (change.bundle() == null || change.bundle().isBlank())) {
      throw ProblemException.invalid("bundle", "expected its place for SHADOW, found none");
    }
    BundleControl control =
        BundleControl.newBuilder()
            .setAction(BundleAction.valueOf(change.action().name()))
            .setLocation(change.bundle())
            .setBundleId(change.bundleId())
            .build();
    instance
        .application()
        .flatMap(application -> application.refusal(control))
        .ifPresent(
            why -> {
              throw ProblemException.of(ErrorCode.CONFLICT, why);
            });
    RecordMetadata at =
        writer.write(topic, TenantKeys.encode(instance.config().applicationId()), control);
    return Reply.json(ACCEPTED, new Bundles.Written(at.topic(), at.partition(), at.offset()));
  }
}
