package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineRolloutTest {
  private static final String OLD = "old";
  private static final String NEW = "new";
  private static final AdaptationModel OLD_MODEL = EngineFixture.model(OLD);

  /** Its heads prefer what the old one's like least, so that answers tell the two apart. */
  private static final AdaptationModel NEW_MODEL =
      EngineFixture.model(NEW, new Opposite(EngineFixture.integrator()));

  /** Names whose order by bytes is not that of their lengths. */
  private static final List<String> TENANTS =
      IntStream.range(0, 14).mapToObj(i -> "t" + (char) ('a' + i) + "x".repeat(13 - i)).toList();

  @Test
  void shouldSwitchTenantsInTheOrderOfTheirKeysAsTheirHeadsAreIntegrated() {
    // Given
    EngineFixture fixture = taught(OLD_MODEL);
    Map<String, EngineFixture> alone = Map.of(OLD, taught(OLD_MODEL), NEW, taught(NEW_MODEL));
    fixture.settle();

    // When
    fixture.engine.rollOut(NEW_MODEL);
    List<Integer> switched = new ArrayList<>();
    while (fixture.engine.progress().sweeping()) {
      switched.add(assertSwitchedInOrder(fixture, alone));
      fixture.engine.tick();
    }

    // Then
    assertThat(switched).startsWith(0).isSorted().hasSizeGreaterThan(3);
    assertThat(assertSwitchedInOrder(fixture, alone)).isEqualTo(TENANTS.size());
    assertThat(fixture.engine.servingBundle()).isEqualTo(NEW);
    assertThat(fixture.engine.bundlesInUse()).containsExactly(NEW);
    assertThat(fixture.heads.size()).isEqualTo(TENANTS.size());
    assertThat(fixture.heads.head(TENANTS.get(0), OLD)).isEmpty();
  }

  /** Every answer is that of the bundle it names, and those of the new one come first. */
  private static int assertSwitchedInOrder(
      EngineFixture fixture, Map<String, EngineFixture> alone) {
    List<String> bundles = new ArrayList<>();
    for (String tenant : TENANTS) {
      Output.Answer answer = answer(fixture, tenant);
      assertThat(answer.verdict())
          .isEqualTo(answer(alone.get(answer.bundleId()), tenant).verdict());
      bundles.add(answer.bundleId());
    }
    int switched = (int) bundles.stream().filter(NEW::equals).count();
    assertThat(bundles.subList(0, switched)).allMatch(NEW::equals);
    return switched;
  }

  @Test
  void shouldAnswerTenantsThatAppearDuringARolloutWithOneOfTheTwo() {
    EngineFixture fixture = taught(OLD_MODEL);
    fixture.engine.rollOut(NEW_MODEL);
    fixture.engine.tick();

    teach(fixture, "a-first");
    teach(fixture, "z-last");

    assertThat(answer(fixture, "a-first").bundleId()).isEqualTo(NEW);
    assertThat(answer(fixture, "z-last").bundleId()).isEqualTo(OLD);
    fixture.settle();
    assertThat(answer(fixture, "z-last").bundleId()).isEqualTo(NEW);
  }

  @Test
  void shouldGoBackInMidRollout() {
    // Given
    EngineFixture fixture = taught(OLD_MODEL);
    fixture.engine.rollOut(NEW_MODEL);
    fixture.engine.tick();
    assertThat(answer(fixture, TENANTS.get(0)).bundleId()).isEqualTo(NEW);

    // When
    fixture.engine.rollBack();

    // Then
    EngineFixture alone = taught(OLD_MODEL);
    for (String tenant : TENANTS) {
      assertThat(answer(fixture, tenant)).isEqualTo(answer(alone, tenant));
    }
    assertThat(fixture.engine.bundlesInUse()).containsExactly(OLD);
    fixture.settle();
    assertThat(fixture.heads.size()).isEqualTo(TENANTS.size());
    assertThat(fixture.heads.head(TENANTS.get(0), NEW)).isEmpty();
  }

  @Test
  void shouldGoBackByARolloutOfTheOldOne() {
    EngineFixture fixture = taught(OLD_MODEL);
    fixture.engine.rollOut(NEW_MODEL);
    fixture.settle();

    fixture.engine.rollOut(OLD_MODEL);
    fixture.settle();

    EngineFixture alone = taught(OLD_MODEL);
    assertThat(answer(fixture, TENANTS.get(3))).isEqualTo(answer(alone, TENANTS.get(3)));
    assertThat(fixture.heads.head(TENANTS.get(3), NEW)).isEmpty();
  }

  @Test
  void shouldCompareButNotShowAnswersInShadow() {
    // Given
    EngineFixture fixture = taught(OLD_MODEL);
    EngineFixture alone = taught(OLD_MODEL);

    // When
    fixture.engine.shadow(NEW_MODEL);
    List<Output> asked = fixture.process(query("ta", "q", 1, 0), add("ta", "x", "red", 1, 0));

    // Then: the answer is the old one's, the other disagrees and is wrong
    assertThat(asked)
        .filteredOn(Output.Answer.class::isInstance)
        .containsExactly(alone.process(query("ta", "q", 1, 0)).get(0));
    teach(fixture, "tb");
    List<Output> outputs =
        fixture.process(query("tb", "q", 1, 0), add("tb", "x", "red", 0.9f, 0.2f));
    assertThat(outputs).contains(new Output.ShadowAnswered(0, false));
    assertThat(outputs).contains(new Output.Tested(1, true, true, Optional.of(false)));
    fixture.engine.shadow(EngineFixture.model("same"));
    assertThat(fixture.process(query("tb", "q", 1, 0)))
        .contains(new Output.ShadowAnswered(0, true));
  }

  @Test
  void shouldForgetATenantInBothWhileOneIsInShadow() {
    EngineFixture fixture = EngineFixture.of(EngineFixture.MEMORY, EngineFixture.FRESH, OLD_MODEL);
    fixture.engine.shadow(NEW_MODEL);
    teach(fixture, "t");
    fixture.process(query("t", "q", 1, 0));
    assertThat(fixture.heads.size()).isEqualTo(2);

    fixture.process(new Event.ForgetTenant("t", 1));

    assertThat(fixture.heads.size()).isZero();
    assertThat(fixture.tenants.entries()).isZero();
  }

  @Test
  void shouldAnswerAsEverWhenTheOneInShadowFails() {
    EngineFixture fixture = taught(OLD_MODEL);
    EngineFixture alone = taught(OLD_MODEL);

    fixture.engine.shadow(EngineFixture.model(NEW, new Broken(EngineFixture.integrator())));

    for (String tenant : TENANTS) {
      assertThat(fixture.process(query(tenant, "q", 1, 0)))
          .contains(answer(alone, tenant), new Output.ShadowAnswered(0, false))
          .noneMatch(Output.Rejected.class::isInstance);
    }
    assertThat(fixture.settle())
        .filteredOn(Output.BackgroundFailed.class::isInstance)
        .hasSize(TENANTS.size());
  }

  @Test
  void shouldRefuseAModelOfOtherFeatures() {
    EngineFixture fixture = taught(OLD_MODEL);
    AdaptationModel other =
        new AdaptationModel(
            NEW,
            Optional.empty(),
            OptionalInt.of(EngineFixture.DIMENSION + 1),
            OLD_MODEL.integrator(),
            OLD_MODEL.calibration());

    assertThatThrownBy(() -> fixture.engine.rollOut(other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.engine.shadow(other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fixture.engine.bundlesInUse()).containsExactly(OLD);
  }

  private static EngineFixture taught(AdaptationModel model) {
    EngineFixture fixture = EngineFixture.of(EngineFixture.MEMORY, EngineFixture.FRESH, model);
    TENANTS.forEach(tenant -> teach(fixture, tenant));
    return fixture;
  }

  private static void teach(EngineFixture fixture, String tenant) {
    fixture.process(add(tenant, "r", "red", 1, 0), add(tenant, "b", "blue", 0, 1));
  }

  private static Output.Answer answer(EngineFixture fixture, String tenant) {
    return fixture.process(query(tenant, "q", 1, 0)).stream()
        .filter(Output.Answer.class::isInstance)
        .map(Output.Answer.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Turns the heads of another one around. */
  private static final class Opposite extends Delegate {
    Opposite(HeadIntegrator behind) {
      super(behind);
    }

    @Override
    public List<Integration> integrate(List<SupportSet> tasks) {
      return super.integrate(tasks).stream()
          .map(
              one ->
                  new Integration(
                      one.initial(), turned(one.adapted()), one.trace(), one.safeguarded()))
          .toList();
    }

    private static Head turned(Head head) {
      float[] weights = head.toArray();
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= -0.5f;
      }
      return Head.of(head.labels(), head.dimension(), weights);
    }
  }

  /** Makes no heads. */
  private static final class Broken extends Delegate {
    Broken(HeadIntegrator behind) {
      super(behind);
    }

    @Override
    public List<Integration> integrate(List<SupportSet> tasks) {
      if (tasks.isEmpty()) {
        return List.of();
      }
      throw new ModelException("broken");
    }
  }

  private abstract static class Delegate implements HeadIntegrator {
    private final HeadIntegrator behind;

    Delegate(HeadIntegrator behind) {
      this.behind = behind;
    }

    @Override
    public int maxLabels() {
      return behind.maxLabels();
    }

    @Override
    public int maxExamples() {
      return behind.maxExamples();
    }

    @Override
    public List<Integration> integrate(List<SupportSet> tasks) {
      return behind.integrate(tasks);
    }

    @Override
    public void close() {
      behind.close();
    }
  }
}
