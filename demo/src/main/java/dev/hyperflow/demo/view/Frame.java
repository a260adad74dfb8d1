package dev.hyperflow.demo.view;

import dev.hyperflow.demo.ledger.LedgerSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One moment of the demo, as it is drawn.
 *
 * @param ledger what was counted
 * @param accuracy the accuracy of tenants, by name
 * @param phase what the demo is doing, in a word or two
 * @param elapsed time since the first record
 * @param planned time the scenario takes
 * @param eventsPerSecond records sent in a second, over the last few seconds
 * @param news what happened last, in one line; empty when nothing did
 * @param page where a browser finds more, if anywhere
 */
public record Frame(
    LedgerSnapshot ledger,
    Map<String, LiveAccuracy> accuracy,
    String phase,
    Duration elapsed,
    Duration planned,
    double eventsPerSecond,
    String news,
    Optional<String> page) {}
