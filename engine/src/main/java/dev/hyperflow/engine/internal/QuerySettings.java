package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Consistency;

/**
 * How queries are served.
 *
 * @param consistency which support events a query sees, unless its tenant's settings say otherwise
 * @param integrationsPerSecond maximum number of integrations per second of a tenant's event time;
 *     0 for no limit
 * @param feedbackWindowMillis how long after a query its true label is taken, in event time; 0 for
 *     never
 * @param headsPerTick maximum number of heads integrated in the background at a time, at least 1
 */
public record QuerySettings(
    Consistency consistency,
    double integrationsPerSecond,
    long feedbackWindowMillis,
    int headsPerTick) {

  public QuerySettings {
    if (!(integrationsPerSecond >= 0)) {
      throw new IllegalArgumentException(
          "integrationsPerSecond: expected at least 0, found " + integrationsPerSecond);
    }
    if (feedbackWindowMillis < 0) {
      throw new IllegalArgumentException(
          "feedbackWindowMillis: expected at least 0, found " + feedbackWindowMillis);
    }
    if (headsPerTick < 1) {
      throw new IllegalArgumentException(
          "headsPerTick: expected at least 1, found " + headsPerTick);
    }
  }
}
