package dev.hyperflow.demo.scenario;

import dev.hyperflow.models.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All steps of a run in the order they are sent.
 *
 * <p>The last steps are the <em>closing queries</em>. The driver sends them only when every label
 * before them has been applied. So their answers depend on the data alone, and not on how the two
 * streams interleave.
 */
public final class Scenario {

  private static final int FINGERPRINT_DIGITS = 32;

  private final List<String> tenants;
  private final List<ScenarioStep> steps;
  private final int closingIndex;

  Scenario(List<String> tenants, List<ScenarioStep> steps, int closingIndex) {
    this.tenants = List.copyOf(tenants);
    this.steps = List.copyOf(steps);
    this.closingIndex = closingIndex;
  }

  /** Names of all tenants, in the order they join. */
  public List<String> tenants() {
    return tenants;
  }

  /** All steps; the step at position i has index i. */
  public List<ScenarioStep> steps() {
    return steps;
  }

  /** Index of the first closing query; equal to the number of steps when there is none. */
  public int closingIndex() {
    return closingIndex;
  }

  /** Tells scenarios apart: equal exactly when all steps are. */
  public String fingerprint() {
    String lines = steps.stream().map(step -> step + "\n").collect(Collectors.joining());
    return Sha256.of(lines.getBytes(StandardCharsets.UTF_8)).substring(0, FINGERPRINT_DIGITS);
  }
}
