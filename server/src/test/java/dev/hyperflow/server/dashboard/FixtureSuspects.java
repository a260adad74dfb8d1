package dev.hyperflow.server.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What looks wrong in the labels of some examples. */
final class FixtureSuspects {

  private FixtureSuspects() {}

  static Map<String, Object> of(List<FixtureExample> examples) {
    List<Map<String, Object>> suspects = new ArrayList<>();
    for (FixtureExample example : examples) {
      List<FixtureExample> others = examples.stream().filter(o -> !o.equals(example)).toList();
      FixtureHead head = new FixtureHead(others);
      Map.Entry<String, Double> best = head.answer(example.text()).get(0);
      if (!best.getKey().equals(example.label())) {
        suspects.add(
            Map.of(
                "eventId", example.eventId(),
                "text", example.text(),
                "label", example.label(),
                "probability", head.probability(example.text(), example.label()),
                "suggested", best.getKey(),
                "suggestedProbability", best.getValue()));
      }
    }
    List<Map<String, Object>> conflicts =
        examples.stream().collect(Collectors.groupingBy(FixtureExample::text)).values().stream()
            .filter(same -> same.stream().map(FixtureExample::label).distinct().count() > 1)
            .map(FixtureSuspects::conflict)
            .toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("examples", examples.size());
    json.put("judged", examples.size());
    json.put("suspected", suspects.size());
    json.put("suspects", suspects);
    json.put("conflicting", conflicts.size());
    json.put("conflicts", conflicts);
    json.put("alike", 0);
    json.put("lookAlikes", List.of());
    return json;
  }

  private static Map<String, Object> conflict(List<FixtureExample> same) {
    return Map.of(
        "text",
        same.get(0).text(),
        "examples",
        same.stream()
            .map(example -> Map.of("eventId", example.eventId(), "label", example.label()))
            .toList());
  }
}
