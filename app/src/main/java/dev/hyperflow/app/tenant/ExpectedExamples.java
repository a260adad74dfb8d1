package dev.hyperflow.app.tenant;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.server.json.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which examples a tenant must have once the lines of a file have taken effect. */
final class ExpectedExamples {
  // Weights of descriptions go through a product and back, so they may differ in the last bit.
  private static final double WEIGHT_TOLERANCE = 1e-6;

  private final Map<String, Write.Support> expected = new LinkedHashMap<>();

  /** What is left after all lines, in their order. Feedback is not foreseen: it may be ignored. */
  ExpectedExamples(List<SupportLine> lines) {
    for (SupportLine line : lines) {
      apply(normal(line.event()));
    }
  }

  /** The event with its names in the form in which they are remembered. */
  private static Write.Support normal(Write.Support event) {
    return new Write.Support(
        event.operation(),
        normal(event.eventId()),
        normal(event.label()),
        event.text(),
        event.features(),
        event.weight(),
        event.expiresAt(),
        normal(event.targetEventId()),
        event.queryId(),
        event.settings(),
        event.timestamp(),
        event.encoder(),
        normal(event.targetLabel()));
  }

  private static String normal(String name) {
    return name == null ? null : NameRule.normal(name);
  }

  private void apply(Write.Support event) {
    switch (event.operation()) {
      case ADD -> put(event);
      case DESCRIBE_LABEL -> {
        expected
            .values()
            .removeIf(
                earlier ->
                    earlier.operation() == Write.Operation.DESCRIBE_LABEL
                        && earlier.label().equals(event.label()));
        put(event);
      }
      case FEEDBACK -> expected.remove(event.eventId());
      case RETRACT -> expected.remove(event.targetEventId());
      case FORGET_LABEL ->
          expected.values().removeIf(earlier -> earlier.label().equals(event.label()));
      case RENAME_LABEL, MERGE_LABELS -> relabel(event);
      case CONFIGURE -> {
        // No example comes or goes that is foreseen here; a smaller memory shows as a gap.
      }
    }
  }

  /** Of two descriptions of a label, the later one stays. */
  private void relabel(Write.Support change) {
    List<Write.Support> old =
        expected.values().stream().filter(event -> event.label().equals(change.label())).toList();
    boolean isTaken =
        expected.values().stream().anyMatch(event -> event.label().equals(change.targetLabel()));
    if (change.operation() == Write.Operation.RENAME_LABEL && isTaken) {
      return;
    }
    old.forEach(event -> apply(event.withLabel(change.targetLabel())));
  }

  private void put(Write.Support event) {
    expected.remove(event.eventId());
    expected.put(event.eventId(), event);
  }

  /**
   * What of it a support set has not.
   *
   * @param missing event ids
   * @param expired how many are past their time, and so need not be there
   */
  record Gap(List<String> missing, int expired) {}

  /** Compares with a support set. */
  Gap gap(TenantApi.SupportSet found) {
    Map<String, Write.Support> there = new HashMap<>();
    found.events().forEach(event -> there.put(event.eventId(), event));
    long now = found.first().lastEventAt();
    List<String> missing = new ArrayList<>();
    int expired = 0;
    for (Write.Support event : expected.values()) {
      if (event.expiresAt() != null && event.expiresAt() <= now) {
        expired++;
      } else if (!isSame(event, there.get(event.eventId()), found.first().precision())) {
        missing.add(event.eventId());
      }
    }
    return new Gap(missing, expired);
  }

  private static boolean isSame(
      Write.Support event, Write.Support there, FeaturePrecision precision) {
    return there != null
        && there.operation() == event.operation()
        && there.label().equals(event.label())
        && Objects.equals(there.expiresAt(), event.expiresAt())
        && Math.abs(weight(there) - weight(event)) <= WEIGHT_TOLERANCE * weight(event)
        && (event.features() == null || vector(there).equals(precision.rounded(vector(event))));
  }

  private static double weight(Write.Support event) {
    return event.weight() == null ? 1 : event.weight();
  }

  private static FeatureVector vector(Write.Support event) {
    float[] values = new float[event.features().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = event.features().get(i);
    }
    return FeatureVector.of(values);
  }
}
