package dev.hyperflow.app.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.json.Write;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedExamplesTest {
  private static final long NOW = 1_000;

  private static String add(String id, String more) {
    return "{\"operation\":\"ADD\",\"eventId\":\"%s\",\"label\":\"a\",\"text\":\"t\"%s}"
        .formatted(id, more);
  }

  private static ExpectedExamples expected(String... texts) {
    List<SupportLine> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(SupportLine.read(lines.size() + 1, text));
    }
    return new ExpectedExamples(lines);
  }

  private static TenantApi.SupportSet found(String... texts) {
    List<Write.Support> events = new ArrayList<>();
    for (String text : texts) {
      events.add(SupportLine.read(1, text).event());
    }
    return new TenantApi.SupportSet(
        new Tenants.Support(
            events.size(), 0, 100, "f", events.size(), NOW, FeaturePrecision.FLOAT32, events),
        events);
  }

  @Test
  void shouldMissWhatIsNotThereOrIsAnother() {
    ExpectedExamples expected = expected(add("e1", ""), add("e2", ""), add("e3", ""));

    assertThat(expected.gap(found(add("e1", ""), add("e2", ",\"weight\":2"))).missing())
        .containsExactly("e2", "e3");
    assertThat(expected.gap(found(add("e3", ""), add("e2", ""), add("e1", ""))).missing())
        .isEmpty();
  }

  @Test
  void shouldNotExpectWhatALaterLineTakesBack() {
    ExpectedExamples expected =
        expected(
            add("e1", ""),
            add("e2", ""),
            "{\"operation\":\"RETRACT\",\"targetEventId\":\"e1\"}",
            "{\"operation\":\"FORGET_LABEL\",\"label\":\"a\"}",
            add("e3", ""));

    assertThat(expected.gap(found(add("e3", ""))).missing()).isEmpty();
  }

  @Test
  void shouldExpectExamplesUnderTheNewNamesOfTheirLabels() {
    String[] adds = {add("e1", ""), add("e2", "").replace("\"a\"", "\"b\"")};
    ExpectedExamples renamed =
        expected(
            adds[0],
            adds[1],
            "{\"operation\":\"RENAME_LABEL\",\"label\":\"a\",\"targetLabel\":\"c\"}",
            "{\"operation\":\"RENAME_LABEL\",\"label\":\"c\",\"targetLabel\":\"b\"}");
    ExpectedExamples merged =
        expected(
            adds[0],
            adds[1],
            "{\"operation\":\"MERGE_LABELS\",\"label\":\"a\",\"targetLabel\":\"b\"}");

    assertThat(renamed.gap(found(adds[0].replace("\"a\"", "\"c\""), adds[1])).missing()).isEmpty();
    assertThat(merged.gap(found(adds[0].replace("\"a\"", "\"b\""), adds[1])).missing()).isEmpty();
    assertThat(merged.gap(found(adds)).missing()).containsExactly("e1");
  }

  @Test
  void shouldCountWhatIsPastItsTimeInsteadOfMissingIt() {
    ExpectedExamples expected =
        expected(add("old", ",\"expiresAt\":" + NOW), add("new", ",\"expiresAt\":" + (NOW + 1)));

    ExpectedExamples.Gap gap = expected.gap(found());

    assertThat(gap.expired()).isEqualTo(1);
    assertThat(gap.missing()).containsExactly("new");
  }
}
