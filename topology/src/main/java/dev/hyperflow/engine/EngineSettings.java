package dev.hyperflow.engine;

import dev.hyperflow.engine.remember.MemoryLimits;
import dev.hyperflow.engine.score.ScoreSettings;
import dev.hyperflow.engine.validate.Limits;

/**
 * The settings of an engine.
 *
 * @param limits what an event may ask for
 * @param memory how much a tenant may have remembered
 * @param score what an answer holds
 */
public record EngineSettings(Limits limits, MemoryLimits memory, ScoreSettings score) {}
