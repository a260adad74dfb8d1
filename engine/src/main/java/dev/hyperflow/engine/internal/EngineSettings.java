package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;

/**
 * The settings of an engine.
 *
 * @param limits what an event may ask for
 * @param memory how much is remembered of a tenant, and how
 * @param query how queries are served
 * @param score what an answer holds
 * @param quality how live quality is measured
 * @param reportEvery observations of a tenant from one report of its quality to the next, at least
 *     1
 */
public record EngineSettings(
    Limits limits,
    MemorySettings memory,
    QuerySettings query,
    ScoreSettings score,
    QualitySettings quality,
    int reportEvery) {

  public EngineSettings {
    if (reportEvery < 1) {
      throw new IllegalArgumentException("reportEvery: expected at least 1, found " + reportEvery);
    }
  }
}
