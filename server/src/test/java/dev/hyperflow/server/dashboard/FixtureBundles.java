package dev.hyperflow.server.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rollout of a fixture: one bundle answers, one may be in shadow or on its way. */
final class FixtureBundles {

  private final List<Map<String, Object>> history = new ArrayList<>();
  private String current = FixtureTenant.BUNDLE;
  private String candidate;
  private String mode;
  private boolean enabled = true;
  private boolean compared;

  /** Changes are not allowed. */
  synchronized void fix() {
    enabled = false;
  }

  /** The candidate has answered queries. */
  synchronized void compare() {
    compared = true;
  }

  synchronized void act(String action, String bundle, long at) {
    switch (action) {
      case "SHADOW" -> {
        candidate = bundle;
        mode = "SHADOW";
      }
      case "PROMOTE" -> {
        candidate = bundle == null || bundle.isEmpty() ? candidate : bundle;
        mode = "ROLLOUT";
      }
      default -> {
        candidate = null;
        current = FixtureTenant.BUNDLE;
      }
    }
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("at", at);
    step.put("action", action);
    step.put("bundle", candidate == null ? current : candidate);
    step.put("outcome", "ACCEPTED");
    step.put("why", null);
    history.add(0, step);
  }

  synchronized Map<String, Object> json(long now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "current", Map.of("name", current, "sha256", FixtureTenant.SHA, "since", now - 5_400_000));
    json.put("candidate", candidate == null ? null : candidate());
    json.put("enabled", enabled);
    json.put("history", List.copyOf(history));
    return json;
  }

  private Map<String, Object> candidate() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", candidate);
    json.put("sha256", new StringBuilder(FixtureTenant.SHA).reverse().toString());
    json.put("mode", mode);
    int visited = compared ? 642 : 0;
    json.put("progress", Map.of("visited", visited, "tenants", 1000, "fraction", visited / 1000.0));
    json.put("answers", compared ? 4_120 : 0);
    json.put("agreement", compared ? 0.934 : null);
    json.put("labels", compared ? 640 : 0);
    json.put("accuracyCurrent", compared ? 0.781 : null);
    json.put("accuracyCandidate", compared ? 0.803 : null);
    return json;
  }
}
