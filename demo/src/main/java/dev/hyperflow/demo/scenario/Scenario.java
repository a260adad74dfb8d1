package dev.hyperflow.demo.scenario;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All steps of a run in the order they are sent.
 *
 * <p>The last steps are the <em>closing queries</em>: they are sent only when every label before
 * them has been applied, so that their answers depend on the data alone and not on how the two
 * streams happened to interleave.
 */
public final class Scenario {

  private static final int FINGERPRINT_BYTES = 16;

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
    MessageDigest digest = sha256();
    for (ScenarioStep step : steps) {
      digest.update(step.toString().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
