package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.heap.BoundedMap;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Projections of tenants' examples, the last ones kept. Thread-safe. */
final class TenantMaps {
  /** Most examples that a map is made from and shows. */
  static final int MAX_EXAMPLES = 800;

  private static final int KEPT = 64;

  private record Key(String tenant, Fingerprint fingerprint) {}

  private final BoundedMap<Key, Projection> kept = BoundedMap.ofEntries(KEPT);

  /** The projection of a tenant's examples, at least one. */
  Projection of(String tenant, LabelledExamples support) {
    Key key = new Key(tenant, support.meta().fingerprint());
    Optional<Projection> known = kept.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    Projection made = Projection.of(features(shown(support)));
    kept.put(key, made);
    return made;
  }

  private static List<FeatureVector> features(List<LabelledExamples.Entry> entries) {
    return entries.stream().map(entry -> entry.example().features()).toList();
  }

  /** The examples that a map shows: all, or evenly chosen ones. */
  static List<LabelledExamples.Entry> shown(LabelledExamples support) {
    List<LabelledExamples.Entry> all = support.entries();
    if (all.size() <= MAX_EXAMPLES) {
      return all;
    }
    List<LabelledExamples.Entry> some = new ArrayList<>(MAX_EXAMPLES);
    for (int i = 0; i < MAX_EXAMPLES; i++) {
      some.add(all.get((int) ((long) i * all.size() / MAX_EXAMPLES)));
    }
    return some;
  }
}
