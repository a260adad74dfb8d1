package dev.hyperflow.server.json;

import java.util.List;
import java.util.Map;

/**
 * What this instance does, at a glance. Times are milliseconds; null where nothing was measured.
 *
 * @param backlog records of the input topics that wait
 * @param attention what needs a person, of this and the other instances that answered, of each
 *     instance first, then by tenant
 * @param attentionOf the instances whose attention it is, host:port
 */
public record Overview(
    long at,
    String state,
    String instance,
    int tenants,
    long examples,
    Totals totals,
    PerSecond perSecond,
    Batches batch,
    Percentiles latencyMillis,
    Percentiles labelToHeadMillis,
    Map<String, Long> deadLettersByReason,
    Map<String, Long> ignoredByReason,
    Sweep sweep,
    int staleTenants,
    long backlog,
    List<Attention> attention,
    List<String> attentionOf,
    List<Moment> history) {

  /** Counts since the start. */
  public record Totals(long events, long answers, long integrations, long deadLetters) {}

  /** Rates over the last ten seconds. */
  public record PerSecond(double events, double answers, double integrations) {}

  /** Batches of the last minute. */
  public record Batches(double sizeAvg, double queueWaitMillisAvg, long queueWaitMillisMax) {}

  /** Percentiles of the last minute. */
  public record Percentiles(Long p50, Long p99) {}

  /** The sweep over all tenants. */
  public record Sweep(boolean running, long visited) {}

  /** Two seconds of the past. */
  public record Moment(
      long at,
      double eventsPerSecond,
      double answersPerSecond,
      Long latencyP50,
      Long latencyP99,
      Long labelToHeadP50) {}
}
