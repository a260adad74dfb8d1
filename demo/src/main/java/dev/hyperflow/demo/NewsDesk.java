package dev.hyperflow.demo;

import dev.hyperflow.demo.scenario.ScenarioStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Says in a line what was worth noticing last. Written by the driver's thread, read by the view's.
 */
final class NewsDesk implements ScenarioStep.Visitor<String> {

  private static final int ROUNDS_UNTIL_SURPRISE = 2;

  private final Map<String, Set<String>> labels = new HashMap<>();
  private final Map<String, Integer> examples = new HashMap<>();
  private final Set<String> joined = new HashSet<>();
  private volatile String latest = "";

  /** Takes note of a step that is being sent. */
  void note(ScenarioStep step) {
    String news = step.accept(this);
    if (!news.isEmpty()) {
      latest = news;
    }
  }

  String latest() {
    return latest;
  }

  @Override
  public String support(ScenarioStep.Support step) {
    boolean joins = joined.add(step.tenant());
    int before = examples.merge(step.tenant(), 1, Integer::sum) - 1;
    Set<String> known = labels.computeIfAbsent(step.tenant(), tenant -> new HashSet<>());
    boolean surprise = before >= ROUNDS_UNTIL_SURPRISE * known.size();
    boolean isNew = known.add(step.label());
    if (joins) {
      return step.tenant() + " joins";
    }
    return isNew && surprise ? step.tenant() + " has a new label: " + step.label() : "";
  }

  @Override
  public String query(ScenarioStep.Query step) {
    return joined.add(step.tenant()) ? step.tenant() + " joins with a query" : "";
  }

  @Override
  public String broken(ScenarioStep.Broken step) {
    return "broken on purpose: "
        + step.breakage().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", on the "
        + step.stream().name().toLowerCase(Locale.ROOT)
        + " topic";
  }
}
