package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.early.EarlyEvents;
import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.models.Golden;
import dev.hyperflow.models.Head;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final String ADVICE =
      "state written by a released version must stay readable: add a layout version instead";

  private static final Fingerprint FINGERPRINT =
      new Fingerprint(0x0123456789abcdefL, 0xfedcba9876543210L);
  private static final Example EXAMPLE =
      new Example(
          "event-ä",
          1_700_000_000_123L,
          new ExampleTerms(1.5f, ExampleTerms.NEVER),
          FINGERPRINT,
          FeatureVector.of(new float[] {1, -2}),
          Optional.of("Grüße 🙂"));
  private static final EarlyEvents EARLY =
      new EarlyEvents(
          List.of(
              new Event.Feedback(
                  "tenant",
                  1_700_000_000_123L,
                  "event-ä",
                  "query-1",
                  "red",
                  new ExampleTerms(1.5f, 1_800_000_000_000L))),
          List.of(new Event.Retract("tenant", 1_700_000_000_456L, "event-2")));
  private static final TenantFacts FACTS =
      new TenantFacts(
          new TenantFacts.Counters(7, 3),
          new TenantFacts.Features(2, "encoder@1"),
          FINGERPRINT,
          new TenantFacts.Clock(1_700_000_000_123L, 1_800_000_000_000L),
          new TenantSettings(
              Optional.of(9), Optional.of(Consistency.LATEST), Optional.of(0.25f), true));
  private static final TenantMeta META =
      TenantMeta.of(
          FACTS,
          List.of(
              new LabelRing(0, "red", List.of(1, 0), true, RingPolicy.RESERVOIR),
              new LabelRing(
                  5, "green", List.of(65_535, 5), false, RingPolicy.RESERVOIR, List.of(1, 4)),
              new LabelRing(2, "blue", List.of(5), false, RingPolicy.NEWEST),
              new LabelRing(3, "grey", List.of(), true, RingPolicy.NEWEST)));
  private static final AdaptedHead HEAD =
      new AdaptedHead(
          "bundle@0123",
          FINGERPRINT,
          3,
          List.of("blue", "red"),
          Head.of(2, 1, new float[] {1, 2, 3, 4}),
          Head.of(2, 1, new float[] {5, 6, 7, 8}));

  @Test
  void shouldKeepTheBytesOfExamples() {
    byte[] key = ExampleLayout.key("tenant", new Slot(258, 3));
    byte[] value = ExampleLayout.value(EXAMPLE, FeaturePrecision.FLOAT32);

    Golden.assertGolden("support-memory-v3.hex", lines(key, value), ADVICE);
    assertThat(ExampleLayout.slot(key)).isEqualTo(new Slot(258, 3));
    assertThat(ExampleLayout.example(value)).isEqualTo(EXAMPLE);
  }

  @Test
  void shouldKeepTheSlotOfADescription() {
    Slot description = new Slot(3, Slot.DESCRIPTION);

    assertThat(ExampleLayout.slot(ExampleLayout.key("tenant", description))).isEqualTo(description);
  }

  @Test
  void shouldReadExamplesInEveryPrecision() {
    for (FeaturePrecision precision : FeaturePrecision.values()) {
      Example kept =
          new Example(
              "e",
              1,
              new ExampleTerms(2, 3),
              FINGERPRINT,
              precision.rounded(FeatureVector.of(new float[] {0.1f, -0.7f, 3})),
              Optional.empty());

      assertThat(ExampleLayout.example(ExampleLayout.value(kept, precision))).isEqualTo(kept);
    }
  }

  @Test
  void shouldKeepTheBytesOfMetas() {
    byte[] value = TenantMetaLayout.value(META);

    Golden.assertGolden("tenant-meta-v4.hex", lines(TenantMetaLayout.key("tenant"), value), ADVICE);
    TenantMeta read = TenantMetaLayout.meta(value);
    assertThat(read).usingRecursiveComparison().isEqualTo(META);
  }

  @Test
  void shouldReadWhatTheFirstVersionWrote() {
    Example example = ExampleLayout.example(golden("support-memory-v1.hex"));
    TenantMeta meta = TenantMetaLayout.meta(golden("tenant-meta-v1.hex"));

    assertThat(example).isEqualTo(withoutText(EXAMPLE));
    assertThat(meta)
        .usingRecursiveComparison()
        .isEqualTo(
            TenantMeta.of(
                new TenantFacts(
                    new TenantFacts.Counters(7, 3),
                    new TenantFacts.Features(2, ""),
                    FINGERPRINT,
                    new TenantFacts.Clock(0, Long.MAX_VALUE),
                    TenantSettings.DEFAULTS),
                List.of(
                    new LabelRing(0, "red", List.of(1, 0), false, RingPolicy.NEWEST),
                    new LabelRing(2, "blue", List.of(5), false, RingPolicy.NEWEST))));
  }

  private static Example withoutText(Example example) {
    return new Example(
        example.eventId(),
        example.timestampMillis(),
        example.terms(),
        example.fingerprint(),
        example.features(),
        Optional.empty());
  }

  @Test
  void shouldReadWhatTheSecondVersionWrote() {
    assertThat(ExampleLayout.example(golden("support-memory-v2.hex")))
        .isEqualTo(withoutText(EXAMPLE));
    assertThat(TenantMetaLayout.meta(golden("tenant-meta-v2.hex")))
        .usingRecursiveComparison()
        .isEqualTo(
            TenantMeta.of(
                FACTS,
                List.of(
                    new LabelRing(0, "red", List.of(1, 0), true, RingPolicy.NEWEST),
                    new LabelRing(2, "blue", List.of(5), false, RingPolicy.NEWEST))));
  }

  @Test
  void shouldReadMetasThatTheThirdVersionWrote() {
    assertThat(TenantMetaLayout.meta(golden("tenant-meta-v3.hex")))
        .usingRecursiveComparison()
        .isEqualTo(
            TenantMeta.of(
                FACTS,
                List.of(
                    new LabelRing(0, "red", List.of(1, 0), true, RingPolicy.RESERVOIR),
                    new LabelRing(1, "green", List.of(65_535, 5), false, RingPolicy.RESERVOIR),
                    new LabelRing(2, "blue", List.of(5), false, RingPolicy.NEWEST),
                    new LabelRing(3, "grey", List.of(), true, RingPolicy.NEWEST))));
  }

  @Test
  void shouldReadQueriesThatEarlierVersionsWrote() {
    assertThat(RecentQueryLayout.query(golden("recent-queries-v1.hex")))
        .isEqualTo(earlierQuery("", Optional.empty()));
    assertThat(RecentQueryLayout.query(golden("recent-queries-v2.hex")))
        .isEqualTo(earlierQuery("encoder@1", Optional.of("Grüße 🙂")));
  }

  private static RememberedQuery earlierQuery(String space, Optional<String> text) {
    return new RememberedQuery(
        1_700_000_000_123L,
        FeatureVector.of(new float[] {1, -2}),
        space,
        text,
        Optional.of(
            new GivenAnswer(
                Optional.empty(), Optional.of("red"), Optional.empty(), 0, Optional.empty())));
  }

  @Test
  void shouldKeepTheBytesOfRecentQueries() {
    RememberedQuery query =
        new RememberedQuery(
            1_700_000_000_123L,
            FeatureVector.of(new float[] {1, -2}),
            "encoder@1",
            Optional.of("Grüße 🙂"),
            Optional.of(
                new GivenAnswer(
                    Optional.of(AnswerStatus.PERSONALISED),
                    Optional.of("red"),
                    Optional.of("blue"),
                    0.75f,
                    Optional.of(0.5f))),
            Optional.of(new GivenLabel("grün", "event-ä")),
            true);
    byte[] value = RecentQueryLayout.value(query, FeaturePrecision.FLOAT16);

    Golden.assertGolden(
        "recent-queries-v3.hex", lines(RecentQueryLayout.key("tenant", "query-ä"), value), ADVICE);
    assertThat(RecentQueryLayout.query(value)).isEqualTo(query);
    assertThat(RecentQueryLayout.withoutFeatures(value))
        .usingRecursiveComparison()
        .ignoringFields("features")
        .isEqualTo(query);
    assertThat(RecentQueryLayout.timestampMillis(value)).isEqualTo(query.timestampMillis());
    assertThat(RecentQueryLayout.queryId(RecentQueryLayout.key("tenant", "query-ä")))
        .contains("query-ä");
  }

  @Test
  void shouldKeepTheBytesOfWhichFeedbackLabelledAQuery() {
    byte[] key = RecentQueryLayout.feedbackKey("tenant", "event-ä");
    byte[] value = RecentQueryLayout.feedbackValue(1_700_000_000_123L, "query-ä");

    Golden.assertGolden("recent-queries-feedback-v3.hex", lines(key, value), ADVICE);
    assertThat(RecentQueryLayout.queryId(key)).isEmpty();
    assertThat(RecentQueryLayout.labelled(value)).isEqualTo("query-ä");
    assertThat(RecentQueryLayout.timestampMillis(value)).isEqualTo(1_700_000_000_123L);
  }

  @Test
  void shouldKeepTheLayoutOfEarlyEvents() {
    byte[] value = EarlyEventsLayout.value(EARLY);

    Golden.assertGolden("early-events-v1.hex", lines(LayoutBytes.utf8("tenant"), value), ADVICE);
    assertThat(EarlyEventsLayout.events("tenant", value)).isEqualTo(EARLY);
  }

  @Test
  void shouldKeepTheBytesOfBudgets() {
    IntegrationBudget budget = new IntegrationBudget(2.5, 1_700_000_000_123L);
    byte[] value = BudgetLayout.value(budget);

    Golden.assertGolden(
        "integration-budget-v1.hex", lines(LayoutBytes.utf8("tenant"), value), ADVICE);
    assertThat(BudgetLayout.budget(value)).isEqualTo(budget);
  }

  @Test
  void shouldKeepTheBytesOfTheIndex() {
    byte[] value = ExampleIndexLayout.value(new Slot(258, 3));

    Golden.assertGolden(
        "example-index-v1.hex", lines(ExampleIndexLayout.key("tenant", "event-ä"), value), ADVICE);
    assertThat(ExampleIndexLayout.slot(value)).isEqualTo(new Slot(258, 3));
  }

  @Test
  void shouldKeepTheBytesOfHeads() {
    byte[] value = HeadLayout.value(HEAD);

    Golden.assertGolden(
        "heads-v1.hex", lines(HeadLayout.key("tenant", HEAD.bundleId()), value), ADVICE);
    assertThat(HeadLayout.head(value)).isEqualTo(HEAD);
    assertThat(HeadLayout.bundleId(HeadLayout.key("tenant", "b@1"))).isEqualTo("b@1");
  }

  @Test
  void shouldKeepTheBytesOfTheInbox() {
    SourceRecord source =
        new SourceRecord(
            "queries", 3, 1L << 40, 1_700_000_000_123L, LayoutBytes.utf8("tenant"), null);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace-ä", new byte[] {1, 2}).add("empty", null).add("trace-ä", new byte[0]);
    byte[] value = InboxLayout.value(258, source, headers);

    Golden.assertGolden("inbox-v1.hex", lines(InboxLayout.key(258), value), ADVICE);
    InboxEntry read = InboxLayout.entry(7, value);
    assertThat(InboxLayout.slot(InboxLayout.key(258))).isEqualTo(258);
    assertThat(read.place()).isEqualTo(258);
    assertThat(read.source()).usingRecursiveComparison().isEqualTo(source);
    assertThat(read.headers()).isEqualTo(headers);
  }

  @Test
  void shouldRefuseALayoutVersionItDoesNotKnow() {
    byte[] value = ExampleIndexLayout.value(new Slot(1, 1));
    value[0] = 9;

    assertThatThrownBy(() -> ExampleIndexLayout.slot(value))
        .hasMessage("example-index: expected layout version 1, found 9");
  }

  @Property
  void shouldNeverLetOneTenantsKeysBeginWithAnothersPrefix(
      @ForAll @StringLength(max = 300) String one, @ForAll @StringLength(max = 300) String other) {
    byte[] prefix = TenantKey.prefix(one);
    byte[] key = TenantKey.with(other, LayoutBytes.utf8("e1"));

    boolean begins =
        key.length >= prefix.length
            && java.util.Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
    assertThat(begins)
        .isEqualTo(java.util.Arrays.equals(LayoutBytes.utf8(one), LayoutBytes.utf8(other)));
  }

  private static byte[] golden(String file) {
    try {
      return HexFormat.of()
          .parseHex(Files.readAllLines(Path.of("src/test/resources/golden", file)).get(1).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(byte[] key, byte[] value) {
    return HexFormat.of().formatHex(key) + "\n" + HexFormat.of().formatHex(value) + "\n";
  }
}
