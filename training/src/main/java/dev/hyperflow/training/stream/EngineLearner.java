package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.Engine;
import dev.hyperflow.engine.internal.EnginePorts;
import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.QuerySettings;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.LabelProbability;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryActivity;
import dev.hyperflow.engine.internal.heap.InMemoryHeadStore;
import dev.hyperflow.engine.internal.heap.InMemoryRecentQueries;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The product: the engine of the streaming application on the heap, in mode {@code fresh}, with one
 * tenant. Each question and each label is an event that carries features.
 */
final class EngineLearner implements Learner {

  private static final String TENANT = "tenant";
  private static final String UNNAMED = "-";
  private static final Limits LIMITS = new Limits(512, 256, 10_000, 65_536, 100);

  private final List<String> labels;
  private final Map<String, Integer> indices = new HashMap<>();
  private final Engine engine;
  private final Remembering memory;
  private long asked;
  private long learned;

  /**
   * A learner with an empty memory.
   *
   * @param bundle stays open for as long as this learner works
   * @param memory what is remembered
   * @param labels names of the stream's labels
   */
  EngineLearner(Bundle bundle, Remembering memory, List<String> labels) {
    this.labels = labels;
    this.memory = memory;
    labels.forEach(label -> indices.put(label, indices.size()));
    InMemoryActivity activity = new InMemoryActivity();
    EngineSettings settings =
        new EngineSettings(
            LIMITS,
            memory.settings(Math.min(Contestants.MAX_LABELS, bundle.integrator().maxLabels())),
            new QuerySettings(Consistency.FRESH, 0, 0, 1),
            new ScoreSettings(labels.size(), 0),
            QualitySettings.defaults(),
            Integer.MAX_VALUE);
    this.engine =
        new Engine(
            settings,
            AdaptationModel.of(bundle),
            new EnginePorts(
                new InMemoryTenantStore(),
                new InMemoryHeadStore(),
                new InMemoryRecentQueries(UNNAMED),
                activity,
                activity,
                activity));
  }

  @Override
  public float[] ask(float[] x) {
    long millis = Remembering.QUESTION_MILLIS * asked++;
    return process(new Event.Query(TENANT, millis, UNNAMED, payload(x))).probabilities;
  }

  @Override
  public boolean learn(float[] x, int label) {
    long millis = Remembering.QUESTION_MILLIS * asked;
    return process(
            new Event.Add(
                TENANT,
                millis,
                Long.toString(learned++),
                labels.get(label),
                memory.terms(millis),
                payload(x)))
        .accepted;
  }

  private static Payload payload(float[] x) {
    return new Payload.Features(FeatureVector.of(x));
  }

  private Fate process(Event event) {
    Fate fate = new Fate();
    for (Output output : engine.process(List.of(event))) {
      if (output instanceof Output.Settled settled) {
        settled.handle(fate);
      }
    }
    return fate;
  }

  /** What became of an event. */
  private final class Fate implements Output.SettledHandler {
    private final float[] probabilities = new float[labels.size()];
    private boolean accepted;

    @Override
    public void answer(Output.Answer answer) {
      accepted = true;
      for (LabelProbability label : answer.verdict().topLabels()) {
        probabilities[indices.get(label.label())] = label.probability();
      }
    }

    @Override
    public void applied(Output.Applied change) {
      accepted = true;
    }

    @Override
    public void ignored(Output.Ignored nothingNew) {
      accepted = false;
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      accepted = false;
    }
  }
}
