package dev.hyperflow.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The laws of renamed and merged labels: what is remembered is what a tenant would remember that
 * had been taught with the new label from the start.
 */
class LabelChangeProperties {
  private static final String TENANT = "a";
  private static final String OLD = "green";

  /** Stands between blue and red, as green does: names decide which full label makes room. */
  private static final String NEW = "grey";

  private static final String OTHER = "red";
  private static final int MAX_EVENTS = 60;
  private static final long END = 1_000_000;

  /** So large that no example makes room for another. */
  private static final MemorySettings ROOMY =
      new MemorySettings(4, 64, 200, RingPolicy.NEWEST, FeaturePrecision.FLOAT16, 0.5f);

  @Property(tries = 500)
  void shouldRememberARenamedLabelAsIfItHadHadItsNameFromTheStart(
      @ForAll EngineLawsProperties.Setup setup,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    List<Event> events = new RandomEvents(new Random(seed)).list(n);
    EngineFixture renamed = setup.fixture();
    renamed.engine.process(events);
    renamed.process(expiring());
    boolean isThere = renamed.tenants.meta(TENANT).ring(OLD).isPresent();
    renamed.process(rename(OLD, NEW));
    EngineFixture told = setup.fixture();
    told.engine.process(relabelled(events, OLD, NEW));
    told.process(expiring());

    assertThat(fingerprint(renamed)).isEqualTo(fingerprint(told));
    if (isThere) {
      assertThat(renamed.queries.content()).isEqualTo(told.queries.content());
    }
    assertThat(renamed.activity.content()).isEqualTo(told.activity.content());
    assertThat(head(renamed)).isEqualTo(head(told));
  }

  @Property(tries = 500)
  void shouldGoOnAfterARenameAsIfTheLabelHadHadItsNameFromTheStart(
      @ForAll EngineLawsProperties.Setup setup,
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = MAX_EVENTS) int n) {
    Random random = new Random(seed);
    List<Event> events = new RandomEvents(random).list(n);
    int at = random.nextInt(n);
    List<Event> mixed = new ArrayList<>(events.subList(0, at));
    mixed.add(new Event.RenameLabel(TENANT, 0, OLD, NEW)); // reaches no time of its own
    mixed.addAll(relabelled(events.subList(at, n), OLD, NEW));
    EngineFixture renamed = setup.fixture();
    renamed.engine.process(mixed);
    EngineFixture told = setup.fixture();
    told.engine.process(relabelled(events, OLD, NEW));

    assertThat(fingerprint(renamed)).isEqualTo(fingerprint(told));
    assertThat(head(renamed)).isEqualTo(head(told));
  }

  @Property(tries = 500)
  void shouldRememberMergedLabelsAsIfTheyHadBeenOneFromTheStart(
      @ForAll boolean newTarget,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    String target = newTarget ? "violet" : OTHER;
    List<Event> events =
        new RandomEvents(new Random(seed))
            .list(n).stream().filter(LabelChangeProperties::isOfExamplesAlone).toList();
    EngineFixture merged = EngineFixture.of(ROOMY, EngineFixture.FRESH);
    merged.engine.process(events);
    merged.process(merge(OLD, target));
    EngineFixture told = EngineFixture.of(ROOMY, EngineFixture.FRESH);
    told.engine.process(relabelled(events, OLD, target));
    told.process(expiring());

    assertThat(fingerprint(merged)).isEqualTo(fingerprint(told));
    assertThat(head(merged)).isEqualTo(head(told));
  }

  /** Labels and their descriptions come and go at once, which the law leaves out. */
  private static boolean isOfExamplesAlone(Event event) {
    return !(event instanceof Event.Describe)
        && !(event instanceof Event.ForgetLabel)
        && !(event instanceof Event.Configure);
  }

  @Property(tries = 300)
  void shouldForgetAllExamplesOfMergedLabelsByTheirIds(
      @ForAll EngineLawsProperties.Setup setup,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    EngineFixture fixture = setup.fixture();
    fixture.engine.process(new RandomEvents(new Random(seed)).list(n));
    fixture.process(merge(OLD, OTHER), merge("blue", OTHER));
    List<String> ids = new ArrayList<>();
    fixture.tenants.forEachSlotOf(TENANT, (eventId, slot) -> ids.add(eventId));

    ids.forEach(id -> fixture.process(new Event.Retract(TENANT, END, id)));

    assertThat(fixture.tenants.meta(TENANT).examples()).isZero();
    assertThat(fingerprint(fixture)).isEqualTo(Fingerprint.EMPTY);
  }

  @Property(tries = 300)
  void shouldIgnoreAChangeThatComesAgain(
      @ForAll EngineLawsProperties.Setup setup,
      @ForAll boolean merges,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = MAX_EVENTS) int n) {
    EngineFixture fixture = setup.fixture();
    fixture.engine.process(new RandomEvents(new Random(seed)).list(n));
    Event change = merges ? merge(OLD, OTHER) : rename(OLD, NEW);
    fixture.process(change);
    long events = fixture.tenants.meta(TENANT).events();
    Object head = head(fixture);

    List<Output> again = fixture.process(change);

    assertThat(again).containsExactly(new Output.Ignored(0, Reason.UNKNOWN_LABEL));
    assertThat(fixture.tenants.meta(TENANT).events()).isEqualTo(events);
    assertThat(head(fixture)).isEqualTo(head);
  }

  private static Event rename(String label, String target) {
    return new Event.RenameLabel(TENANT, END, label, target);
  }

  private static Event merge(String label, String target) {
    return new Event.MergeLabels(TENANT, END, label, target);
  }

  /** Takes out what has expired by then, as every event does, and changes nothing else. */
  private static Event expiring() {
    return new Event.Retract(TENANT, END, "no such id");
  }

  private static List<Event> relabelled(List<Event> events, String from, String to) {
    return events.stream().map(event -> relabelled(event, from, to)).toList();
  }

  private static Event relabelled(Event event, String from, String to) {
    if (!event.tenant().equals(TENANT)) {
      return event;
    }
    if (event instanceof Event.Add a && a.label().equals(from)) {
      return new Event.Add(TENANT, a.timestampMillis(), a.eventId(), to, a.terms(), a.payload());
    }
    if (event instanceof Event.Describe d && d.label().equals(from)) {
      return new Event.Describe(
          TENANT, d.timestampMillis(), d.eventId(), to, d.terms(), d.payload());
    }
    if (event instanceof Event.Feedback f && f.label().equals(from)) {
      return new Event.Feedback(
          TENANT, f.timestampMillis(), f.eventId(), f.queryId(), to, f.terms(), f.otherwise());
    }
    return event instanceof Event.ForgetLabel g && g.label().equals(from)
        ? new Event.ForgetLabel(TENANT, g.timestampMillis(), to)
        : event;
  }

  private static Object fingerprint(EngineFixture fixture) {
    return fixture.tenants.meta(TENANT).fingerprint();
  }

  /** Made anew: a limit may have kept an older one. */
  private static Object head(EngineFixture fixture) {
    fixture.heads.clear();
    fixture.restart();
    fixture.process(EngineFixture.queryAt(2 * END, TENANT, "last", 0.3f, -0.2f));
    return fixture.heads.head(TENANT, "bundle");
  }
}
