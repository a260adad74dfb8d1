package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.rollout.ControlStep;
import dev.hyperflow.topology.internal.view.Timeline;
import dev.hyperflow.topology.internal.view.Troubles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;

/** What needs a person, in words. */
final class AttentionList {
  /** How long something that happened once is shown. */
  private static final long SHOWN_MILLIS = Duration.ofDays(1).toMillis();

  private static final long MIN_BACKLOG = 1_000;
  private static final double MAX_BACKLOG_SECONDS = 10;
  private static final int STEPS_OF_RATES = 5;
  private static final int STEPS_OF_LATENCY = 30;
  private static final int MIN_ANSWERS = 20;
  private static final int MAX_COMMITS = 10;
  private static final long MIN_LATENCY_MILLIS = 1_000;
  private static final long STANDARD_COMMIT_MILLIS = 100; // of exactly-once
  private static final int MAX_TENANTS = 100;

  private final Instance instance;
  private final long now;
  private final Troubles.Now troubles;

  /** What needs a person in an instance at a time, milliseconds since the epoch. */
  AttentionList(Instance instance, long now) {
    this.instance = instance;
    this.now = now;
    this.troubles = instance.view().recorder().troubles().now();
  }

  /** All of it: what concerns the instance, then tenant by tenant, at most so many of them. */
  List<Attention> all(List<TenantTable.Entry> tenants) {
    List<Attention> ofTenants = new ArrayList<>();
    for (TenantTable.Entry entry : tenants) {
      drift(entry.tenant(), entry.quality()).ifPresent(ofTenants::add);
    }
    troubles
        .unlabelled()
        .forEach((tenant, asked) -> noLabels(tenant, asked, now).ifPresent(ofTenants::add));
    List<Attention> found = new ArrayList<>();
    backlogNow().ifPresent(found::add);
    slowAnswersNow().ifPresent(found::add);
    refusedBundleNow().ifPresent(found::add);
    troubles.foreign().flatMap(records -> foreign(records, now)).ifPresent(found::add);
    troubles.all().flatMap(letters -> deadLetters(null, letters, now)).ifPresent(found::add);
    found.addAll(ofTenants.subList(0, Math.min(MAX_TENANTS, ofTenants.size())));
    return signed(found);
  }

  /** What concerns one tenant. */
  List<Attention> of(String tenant, Optional<TenantQuality> quality) {
    List<Attention> found = new ArrayList<>();
    drift(tenant, quality).ifPresent(found::add);
    Optional.ofNullable(troubles.refused().get(tenant))
        .flatMap(letters -> deadLetters(tenant, letters, now))
        .ifPresent(found::add);
    return signed(found);
  }

  /** The same, of a tenant of which these places are known. */
  List<Attention> of(String tenant, Optional<TenantQuality> quality, List<Tenants.Place> places) {
    List<Attention> found = new ArrayList<>();
    divided(tenant, places).ifPresent(found::add);
    found.addAll(of(tenant, quality));
    return signed(found);
  }

  private List<Attention> signed(List<Attention> found) {
    return found.stream().map(item -> item.of(instance.name())).toList();
  }

  static Optional<Attention> divided(String tenant, List<Tenants.Place> places) {
    if (places.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Attention(
            Attention.Code.WRONG_PARTITION,
            tenant,
            "The tenant is in %d partitions: %s. Each answers the queries that come in it."
                .formatted(places.size(), words(places)),
            "Give its producers Kafka's default partitioner (murmur2). Then forget the tenant and"
                + " send its labels again.",
            null));
  }

  /** Where a tenant is, in words. */
  static String words(List<Tenants.Place> places) {
    return places.stream()
        .map(
            place ->
                text(
                    "%d on %s (%s%s)",
                    place.partition(),
                    place.instance(),
                    place.examples() == 1 ? "1 example" : text("%,d examples", place.examples()),
                    place.ofKey() ? ", its key's" : ""))
        .collect(Collectors.joining(", "));
  }

  /** Records of the input topics that wait. */
  long waiting() {
    return instance.view().backlog(instance.config().inputTopics());
  }

  private Optional<Attention> backlogNow() {
    Timeline.Sums recent = instance.view().recorder().timeline().last(STEPS_OF_RATES, now);
    return backlog(waiting(), recent.events() / recent.seconds());
  }

  static Optional<Attention> backlog(long waiting, double perSecond) {
    if (waiting < MIN_BACKLOG || waiting < MAX_BACKLOG_SECONDS * perSecond) {
      return Optional.empty();
    }
    String text =
        perSecond > 0
            ? text(
                "%,d records wait. At the present rate of %,.0f a second they take %s.",
                waiting, perSecond, duration((long) (1000 * waiting / perSecond)))
            : text("%,d records wait, and none was processed in the last seconds.", waiting);
    return Optional.of(
        new Attention(
            Attention.Code.BACKLOG,
            null,
            text,
            "Add stream threads or instances, up to the number of partitions. If processors are"
                + " idle, check the brokers.",
            null));
  }

  private Optional<Attention> slowAnswersNow() {
    Timeline.Sums minute = instance.view().recorder().timeline().last(STEPS_OF_LATENCY, now);
    return slowAnswers(minute.answers(), minute.latency().p50(), commitMillis());
  }

  private long commitMillis() {
    Object configured = instance.config().streams().get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
    return configured == null ? STANDARD_COMMIT_MILLIS : Long.parseLong(String.valueOf(configured));
  }

  static Optional<Attention> slowAnswers(long answers, OptionalLong median, long commitMillis) {
    long limit = Math.max(MIN_LATENCY_MILLIS, MAX_COMMITS * commitMillis);
    if (answers < MIN_ANSWERS || median.isEmpty() || median.getAsLong() <= limit) {
      return Optional.empty();
    }
    return Optional.of(
        new Attention(
            Attention.Code.SLOW_ANSWERS,
            null,
            text(
                "Half of the answers of the last minute came %s or more after their query's"
                    + " timestamp. A commit is due every %s.",
                duration(median.getAsLong()), duration(commitMillis)),
            "Check the backlog first, then the waits of batches. Old timestamps, as of a"
                + " backfill, look the same.",
            null));
  }

  private Optional<Attention> refusedBundleNow() {
    return refusedBundle(
        instance.application().map(RunningApplication::controlSteps).orElse(List.of()));
  }

  static Optional<Attention> refusedBundle(List<ControlStep> steps) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    ControlStep last = steps.get(steps.size() - 1);
    if (last.outcome() != ControlStep.Outcome.REFUSED) {
      return Optional.empty();
    }
    return Optional.of(
        new Attention(
            Attention.Code.BUNDLE_REFUSED,
            null,
            text(
                "%s%s was refused: %s",
                last.action(), last.location() == null ? "" : " of " + last.location(), last.why()),
            "Correct the bundle or the step, and send it again. The bundle before it answers.",
            last.timestampMillis()));
  }

  static Optional<Attention> deadLetters(String tenant, Troubles.Refusals refusals, long now) {
    if (recent(Optional.of(refusals.lastAt()), now).isEmpty()) {
      return Optional.empty();
    }
    String count =
        refusals.count() == 1 ? "1 record was" : text("%,d records were", refusals.count());
    return Optional.of(
        new Attention(
            Attention.Code.DEAD_LETTERS,
            tenant,
            "%s refused since the start. The last reason is %s: %s."
                .formatted(count, refusals.reason(), refusals.message()),
            "Read them with ./hyperflow dead-letters show, correct the cause, and replay them.",
            refusals.lastAt()));
  }

  static Optional<Attention> foreign(Troubles.Foreign records, long now) {
    if (recent(Optional.of(records.lastAt()), now).isEmpty()) {
      return Optional.empty();
    }
    String count =
        records.count() == 1
            ? "1 record came in a partition that is"
            : text("%,d records came in partitions that are", records.count());
    return Optional.of(
        new Attention(
            Attention.Code.WRONG_PARTITION,
            null,
            "%s not the key's. The last one was on topic %s.".formatted(count, records.topic()),
            "Give its producer Kafka's default partitioner (murmur2). Such a tenant cannot be found"
                + " by its name.",
            records.lastAt()));
  }

  private Optional<Attention> drift(String tenant, Optional<TenantQuality> quality) {
    Optional<Long> at = recent(Optional.ofNullable(troubles.drifted().get(tenant)), now);
    if (at.isEmpty() && quality.filter(TenantQuality::driftDetected).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Attention(
            Attention.Code.DRIFT,
            tenant,
            "The answers are wrong more often than before.",
            "Ask the tenant whether its labels changed their meaning. FORGET_LABEL forgets at"
                + " once.",
            at.orElse(null)));
  }

  /** A time that is still to be shown. */
  static Optional<Long> recent(Optional<Long> at, long now) {
    return at.filter(time -> now - time < SHOWN_MILLIS);
  }

  static Optional<Attention> noLabels(String tenant, Troubles.Unlabelled asked, long now) {
    if (recent(Optional.of(asked.lastAt()), now).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Attention(
            Attention.Code.NO_LABELS,
            tenant,
            text(
                "%s without a label: the tenant has none.",
                asked.queries() == 1
                    ? "1 query was answered"
                    : text("%,d queries were answered", asked.queries())),
            "Send the tenant's first labelled examples, or check its name and the producer's"
                + " partitioner.",
            asked.lastAt()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String duration(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    return millis < 120_000
        ? text("%.1f s", millis / 1000.0)
        : text("%,.0f min", millis / 60_000.0);
  }
}
