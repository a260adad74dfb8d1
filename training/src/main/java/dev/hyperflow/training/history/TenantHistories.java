package dev.hyperflow.training.history;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replays support events and keeps, for every tenant, the labelled examples that are left: what was
 * retracted, forgotten or has expired is not learned from. Not safe for use by several threads.
 *
 * <p>Unlike the application, it displaces nothing: all that is left counts, however much. Feedback
 * names a query whose features only the application remembers, so it is counted and left out, as
 * are descriptions of labels.
 */
public final class TenantHistories {

  /** Examples by event id, in the order of their first arrival. */
  private final SortedMap<String, Map<String, Example>> tenants = new TreeMap<>();

  private final Map<String, Long> clocks = new TreeMap<>();
  private final Replay replay = new Replay();
  private long leftOut;

  private record Example(String label, ExampleTerms terms, Payload payload) {}

  /** Replays one event; those of one tenant come in their order. */
  public void apply(Event event) {
    clocks.merge(event.tenant(), event.timestampMillis(), Math::max);
    event.handle(replay);
  }

  private final class Replay implements Event.Handler {
    @Override
    public void add(Event.Add add) {
      of(add.tenant()).put(add.eventId(), new Example(add.label(), add.terms(), add.payload()));
    }

    @Override
    public void describe(Event.Describe describe) {
      leftOut++;
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      leftOut++;
    }

    @Override
    public void retract(Event.Retract retract) {
      of(retract.tenant()).remove(retract.eventId());
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      of(forget.tenant()).values().removeIf(example -> example.label().equals(forget.label()));
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      boolean isTaken =
          of(rename.tenant()).values().stream()
              .anyMatch(example -> example.label().equals(rename.targetLabel()));
      if (!isTaken) {
        relabel(rename.tenant(), rename.label(), rename.targetLabel());
      }
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      relabel(merge.tenant(), merge.label(), merge.targetLabel());
    }

    private void relabel(String tenant, String label, String target) {
      of(tenant)
          .replaceAll(
              (id, example) ->
                  example.label().equals(label)
                      ? new Example(target, example.terms(), example.payload())
                      : example);
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      tenants.remove(forget.tenant());
    }

    @Override
    public void configure(Event.Configure configure) {
      // Settings teach nothing.
    }

    @Override
    public void query(Event.Query query) {
      // Its label is not known.
    }
  }

  private Map<String, Example> of(String tenant) {
    return tenants.computeIfAbsent(tenant, any -> new LinkedHashMap<>());
  }

  /** Number of feedback events and descriptions, which are not learned from. */
  public long leftOut() {
    return leftOut;
  }

  /**
   * The texts that are left, a set for every tenant that has some. A text that was given two labels
   * has the later one.
   *
   * @param prefix in front of the tenant in the name of a set
   */
  public List<LabelledTexts> texts(String prefix) {
    List<LabelledTexts> sets = new ArrayList<>();
    for (String tenant : tenants.keySet()) {
      Map<String, Utterance> texts = new LinkedHashMap<>();
      for (Example example : left(tenant)) {
        if (example.payload() instanceof Payload.Text text) {
          texts.put(text.text(), new Utterance(tenant, example.label(), text.text()));
        }
      }
      if (!texts.isEmpty()) {
        sets.add(LabelledTexts.of(prefix + tenant, List.copyOf(texts.values())));
      }
    }
    return sets;
  }

  /**
   * The feature vectors that are left and came as such, a set for every tenant that has some.
   *
   * @param prefix in front of the tenant in the name of a set
   */
  public List<LabelledFeatures> features(String prefix) {
    List<LabelledFeatures> sets = new ArrayList<>();
    for (String tenant : tenants.keySet()) {
      List<Utterance> names = new ArrayList<>();
      List<float[]> vectors = new ArrayList<>();
      for (Example example : left(tenant)) {
        if (example.payload() instanceof Payload.Features features) {
          float[] vector = features.vector().toArray();
          // In place of a text, so that the hash of the set covers its content.
          names.add(new Utterance(tenant, example.label(), Arrays.toString(vector)));
          vectors.add(vector);
        }
      }
      if (!vectors.isEmpty()) {
        LabelledTexts texts = LabelledTexts.of(prefix + tenant + "#features", names);
        sets.add(LabelledFeatures.of(texts, vectors.toArray(new float[0][])));
      }
    }
    return sets;
  }

  /** A tenant's examples that have not expired by the time of its last event. */
  private Collection<Example> left(String tenant) {
    long now = clocks.get(tenant);
    return tenants.get(tenant).values().stream()
        .filter(example -> !example.terms().expiredAt(now))
        .toList();
  }
}
