package dev.hyperflow.demo.scenario;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes the script of a demo. Tenants join one after another, labels trickle in, and queries come
 * all the time. One label appears only in mid-stream, a tenant without labels joins late, and some
 * records are broken.
 */
public final class ScenarioBuilder {

  /*
   * Every message gets a due time as a fraction of the run, evenly spread over its span with a
   * little jitter. Sorted by due time, the messages are the scenario. Identifiers are numbered per
   * tenant after sorting. All chance comes from one generator per tenant, seeded with the tenant's
   * name, so that adding a tenant does not change the others' split.
   */
  private static final double JOIN_INTERVAL = 0.06;
  private static final double LATEST_JOIN = 0.3;
  private static final double NEWCOMER_JOIN = 0.55;
  private static final double LATE_LABEL_FROM = 0.5;
  private static final double LABELS_UNTIL = 0.85;
  private static final double QUERIES_UNTIL = 0.94;
  private static final double CLOSING_FROM = 0.95;
  private static final int CLOSING_QUERIES = 12;
  private static final int CLOSING_SHARE = 10;
  private static final int LABELS_TO_HOLD_ONE_BACK = 4;

  private final ScenarioSettings settings;
  private final List<Draft> drafts = new ArrayList<>();

  private ScenarioBuilder(ScenarioSettings settings) {
    this.settings = settings;
  }

  /** The scenario of this data with these settings; the same arguments give the same scenario. */
  public static Scenario build(DataSet data, ScenarioSettings settings) {
    return new ScenarioBuilder(settings).build(data);
  }

  private Scenario build(DataSet data) {
    int position = 0;
    for (Map.Entry<String, List<Utterance>> tenant : data.byTenant().entrySet()) {
      draftTenant(tenant.getKey(), tenant.getValue(), position, quota(tenant.getValue(), data));
      position++;
    }
    draftBroken(List.copyOf(data.tenants()));
    drafts.sort(Comparator.comparingDouble(Draft::due));
    List<String> joined = drafts.stream().map(Draft::tenant).distinct().toList();
    List<ScenarioStep> steps = numbered();
    int closing = (int) drafts.stream().takeWhile(draft -> draft.due() < CLOSING_FROM).count();
    return new Scenario(joined, steps, closing);
  }

  private int quota(List<Utterance> ofTenant, DataSet data) {
    return Math.max(2, (int) ((long) settings.maxEvents() * ofTenant.size() / data.size()));
  }

  private void draftTenant(String tenant, List<Utterance> messages, int position, int quota) {
    Random random = new Random(settings.seed() * 31 + tenant.hashCode());
    TenantSplit split = TenantSplit.of(messages, quota, random);
    boolean newcomer = split.examples().isEmpty();
    double join = newcomer ? NEWCOMER_JOIN : Math.min(LATEST_JOIN, position * JOIN_INTERVAL);
    Optional<String> late = position == 0 ? labelToHoldBack(split) : Optional.empty();
    Predicate<Utterance> isLate = u -> late.isPresent() && u.label().equals(late.get());

    List<Utterance> examples = split.examples();
    spread(only(examples, isLate.negate()), join, LABELS_UNTIL, true, random);
    spread(only(examples, isLate), LATE_LABEL_FROM, LABELS_UNTIL, true, random);
    int closing = Math.min(CLOSING_QUERIES, split.queries().size() / CLOSING_SHARE);
    List<Utterance> open = split.queries().subList(closing, split.queries().size());
    spread(only(open, isLate.negate()), join, QUERIES_UNTIL, false, random);
    spread(only(open, isLate), LATE_LABEL_FROM, QUERIES_UNTIL, false, random);
    spread(split.queries().subList(0, closing), CLOSING_FROM, 1, false, random);
  }

  /** The label that will appear in mid-stream: the last by name, when the tenant can spare one. */
  private static Optional<String> labelToHoldBack(TenantSplit split) {
    List<String> labels =
        split.examples().stream().map(Utterance::label).distinct().sorted().toList();
    return labels.size() < LABELS_TO_HOLD_ONE_BACK
        ? Optional.empty()
        : Optional.of(labels.get(labels.size() - 1));
  }

  private static List<Utterance> only(List<Utterance> all, Predicate<Utterance> wanted) {
    return all.stream().filter(wanted).toList();
  }

  private void spread(
      List<Utterance> messages, double from, double until, boolean asExample, Random random) {
    double interval = (until - from) / Math.max(1, messages.size());
    for (int i = 0; i < messages.size(); i++) {
      Utterance message = messages.get(i);
      double due = from + interval * (i + random.nextDouble());
      drafts.add(
          new Draft(
              message.tenant(),
              due,
              (index, at, number) -> step(message, asExample, index, at, number)));
    }
  }

  private static ScenarioStep step(
      Utterance message, boolean asExample, int index, long at, String number) {
    String tenant = message.tenant();
    return asExample
        ? new ScenarioStep.Support(
            index, at, tenant, tenant + "-s-" + number, message.label(), message.text())
        : new ScenarioStep.Query(
            index, at, tenant, tenant + "-q-" + number, message.label(), message.text());
  }

  private void draftBroken(List<String> tenants) {
    List<BrokenKind> kinds =
        Stream.of(StreamKind.values())
            .flatMap(
                stream ->
                    Stream.of(Breakage.values())
                        .filter(breakage -> breakage.appliesTo(stream))
                        .map(breakage -> new BrokenKind(stream, breakage)))
            .toList();
    for (int i = 0; i < kinds.size(); i++) {
      BrokenKind kind = kinds.get(i);
      String tenant = tenants.get(i % Math.min(tenants.size(), 3));
      double due = QUERIES_UNTIL * (i + 1) / (kinds.size() + 1);
      drafts.add(
          new Draft(
              tenant,
              due,
              (index, at, number) ->
                  new ScenarioStep.Broken(index, at, tenant, kind.stream(), kind.breakage())));
    }
  }

  private List<ScenarioStep> numbered() {
    Map<String, Integer> numbers = new HashMap<>();
    List<ScenarioStep> steps = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      int number = numbers.merge(draft.tenant(), 1, Integer::sum);
      long at = Math.round(draft.due() * settings.duration().toMillis());
      steps.add(draft.maker().make(steps.size(), at, String.format("%05d", number)));
    }
    return steps;
  }

  /** Makes a step once its place is known. */
  private interface StepMaker {
    ScenarioStep make(int index, long dueMillis, String number);
  }

  private record Draft(String tenant, double due, StepMaker maker) {}

  private record BrokenKind(StreamKind stream, Breakage breakage) {}
}
