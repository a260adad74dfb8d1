package dev.hyperflow.topology.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.BundleAction;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.topology.internal.rollout.RolloutState.Change;
import dev.hyperflow.topology.internal.rollout.RolloutState.Ignored;
import dev.hyperflow.topology.internal.rollout.RolloutState.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutStateTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        // records: action[:location[:id]]          | does           | serves | before | in shadow
        "SHADOW:B,                                    SHADOW,          A, -, B",
        "SHADOW:B SHADOW:C,                           SHADOW,          A, -, C",
        "SHADOW:B PROMOTE,                            PROMOTE_SHADOW,  B, A, -",
        "SHADOW:B PROMOTE:B,                          PROMOTE_SHADOW,  B, A, -",
        "SHADOW:B PROMOTE:C,                          PROMOTE,         C, A, -",
        "SHADOW:B:b PROMOTE::b,                       PROMOTE_SHADOW,  B, A, -",
        "SHADOW:B PROMOTE::b,                         PROMOTE_SHADOW,  B, A, -",
        "SHADOW:B ROLLBACK,                           DROP_SHADOW,     A, -, -",
        "PROMOTE:B SHADOW:C ROLLBACK,                 DROP_SHADOW,     B, A, -",
        "PROMOTE:B,                                   PROMOTE,         B, A, -",
        "PROMOTE:B PROMOTE:C,                         PROMOTE,         C, B, -",
        "PROMOTE:B PROMOTE:B,                         PROMOTE,         B, A, -",
        "PROMOTE:B ROLLBACK,                          GO_BACK,         A, -, -",
        "PROMOTE:B PROMOTE:C ROLLBACK,                GO_BACK,         B, -, -",
        "PROMOTE:B ROLLBACK SHADOW:B,                 SHADOW,          A, -, B",
        "SHADOW,                                      -,               A, -, -",
        "SHADOW::b,                                   -,               A, -, -",
        "PROMOTE,                                     -,               A, -, -",
        "PROMOTE::b,                                  -,               A, -, -",
        "ROLLBACK,                                    -,               A, -, -",
        "UNKNOWN:B,                                   -,               A, -, -",
        "PROMOTE:B ROLLBACK ROLLBACK,                 -,               A, -, -",
        "SHADOW:B:b PROMOTE::c,                       -,               A, -, B",
        "SHADOW:B:b ROLLBACK::c,                      -,               A, -, B",
        "PROMOTE:B:b PROMOTE:C ROLLBACK::c,           -,               C, B, -",
      })
  void shouldFoldRecordsInTheirOrder(
      String records, String lastStep, String serving, String previous, String shadow) {
    List<RolloutState.Step> steps = new ArrayList<>();
    RolloutState state = RolloutState.startingWith("A");
    for (String record : records.split(" ", -1)) {
      RolloutState.Step step = state.after(control(record));
      steps.add(step);
      state = step instanceof Change change ? change.state() : state;
    }

    assertThat(Stream.of(Optional.of(state.serving()), state.previous(), state.shadow()))
        .extracting(bundle -> bundle.map(BundleReference::location))
        .containsExactly(
            Optional.of(serving), Optional.ofNullable(previous), Optional.ofNullable(shadow));
    RolloutState.Step last = steps.get(steps.size() - 1);
    if (lastStep == null) {
      assertThat(last).isInstanceOf(Ignored.class);
      assertThat(((Ignored) last).why()).matches("(action|location|bundleId): expected .*found .*");
    } else {
      assertThat(((Change) last).kind()).isEqualTo(Kind.valueOf(lastStep));
    }
  }

  @Test
  void shouldExpectTheIdThatWasAskedForOrSeen() {
    RolloutState state = RolloutState.startingWith("A").servingWith("a");

    Change shadowed = (Change) state.after(control("SHADOW:B"));
    Change promoted = (Change) shadowed.state().after(control("PROMOTE::b"));
    Change back = (Change) promoted.state().after(control("ROLLBACK"));

    assertThat(shadowed.bundle()).isEqualTo(BundleReference.at("B"));
    assertThat(promoted.bundle()).isEqualTo(new BundleReference("B", Optional.of("b")));
    assertThat(back.bundle()).isEqualTo(new BundleReference("A", Optional.of("a")));
  }

  @Test
  void shouldLetOnlyARollbackThatUndoesOvertake() {
    assertThat(Stream.of(Kind.values()).filter(Kind::undoes)).containsExactly(Kind.GO_BACK);
  }

  /** ACTION[:location[:id]]. */
  static BundleControl control(String text) {
    String[] parts = text.split(":", -1);
    return BundleControl.newBuilder()
        .setAction(BundleAction.valueOf(parts[0]))
        .setLocation(parts.length > 1 && !parts[1].isEmpty() ? parts[1] : null)
        .setBundleId(parts.length > 2 ? parts[2] : null)
        .build();
  }
}
