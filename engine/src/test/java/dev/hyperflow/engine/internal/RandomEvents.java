package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.TenantSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Lists of events of every kind, from a seed: few tenants, ids and labels, so that events meet each
 * other; time mostly runs forward, and sometimes back.
 */
final class RandomEvents {
  private static final String[] TENANTS = {"a", "b", "aa"};
  private static final String[] LABELS = {"red", "green", "blue"};
  private static final float[] WEIGHTS = {0.5f, 1, 2};
  private static final int IDS = 13;

  private final Random random;
  private final int labelChanges;
  private long timeMillis = 1_000;

  /** Events of all kinds but those that change the names of labels. */
  RandomEvents(Random random) {
    this(random, 0);
  }

  private RandomEvents(Random random, int labelChanges) {
    this.random = random;
    this.labelChanges = labelChanges;
  }

  /** Events of all kinds, of which eight in a hundred rename or merge labels. */
  static RandomEvents withLabelChanges(Random random) {
    return new RandomEvents(random, 8);
  }

  List<Event> list(int size) {
    List<Event> events = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      timeMillis += random.nextInt(200) - 20;
      events.add(next());
    }
    return events;
  }

  private Event next() {
    String tenant = pick(TENANTS);
    if (labelChanges > 0 && random.nextInt(100) < labelChanges) {
      return random.nextBoolean()
          ? new Event.RenameLabel(tenant, timeMillis, pick(LABELS), pick(LABELS))
          : new Event.MergeLabels(tenant, timeMillis, pick(LABELS), pick(LABELS));
    }
    int kind = random.nextInt(100);
    if (kind < 38) {
      return new Event.Add(tenant, timeMillis, id("e"), pick(LABELS), terms(), features());
    }
    if (kind < 70) {
      return new Event.Query(tenant, timeMillis, id("q"), features());
    }
    if (kind < 78) {
      return new Event.Feedback(
          tenant,
          timeMillis,
          id("f"),
          id("q"),
          pick(LABELS),
          terms(),
          random.nextBoolean() ? Optional.of(features()) : Optional.empty());
    }
    if (kind < 84) {
      return new Event.Describe(tenant, timeMillis, id("d"), pick(LABELS), terms(), features());
    }
    if (kind < 92) {
      return new Event.Retract(tenant, timeMillis, id(random.nextBoolean() ? "e" : "f"));
    }
    if (kind < 95) {
      return new Event.ForgetLabel(tenant, timeMillis, pick(LABELS));
    }
    return kind < 97
        ? new Event.ForgetTenant(tenant, timeMillis)
        : new Event.Configure(tenant, timeMillis, settings());
  }

  /** Features of {@link EngineFixture#DIMENSION}; now and then of another dimension. */
  private Payload features() {
    int dimension = EngineFixture.DIMENSION + (random.nextInt(25) == 0 ? 1 : 0);
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return new Payload.Features(FeatureVector.of(values));
  }

  private ExampleTerms terms() {
    return new ExampleTerms(
        WEIGHTS[random.nextInt(WEIGHTS.length)],
        random.nextInt(4) == 0 ? timeMillis + random.nextInt(1_500) - 100 : ExampleTerms.NEVER);
  }

  private TenantSettings settings() {
    return new TenantSettings(
        random.nextBoolean() ? Optional.of(1 + random.nextInt(8)) : Optional.empty(),
        random.nextInt(4) == 0 ? Optional.of(Consistency.FRESH) : Optional.empty(),
        random.nextBoolean() ? Optional.of(random.nextFloat()) : Optional.empty(),
        random.nextBoolean());
  }

  private String id(String kind) {
    return kind + random.nextInt(IDS);
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
