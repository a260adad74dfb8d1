package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.network.Parameters;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

  private static final long SEED = 5;
  private static final int STEPS = 24;
  private static final String IDENTITY = "a test";

  /** Another sharpness rounds logits otherwise, so that a label may win that was level. */
  private static final double ROUNDING = 0.01;

  private static final EpisodeRange RANGE = new EpisodeRange(2, 6, 1, 8, 60, 0.5, 0.3, 4);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"end-to-end", "imitate-cubic,end-to-end", "end-to-end,calibrate"})
  void shouldGoOnAsIfItHadNotBeenInterrupted(String objectives) {
    // Given a run without interruption
    Optimisation optimisation = optimisation(objectives);
    TrainingState whole = started(optimisation);
    trainer(optimisation, () -> 0).run(whole, file("whole"), IDENTITY, Long.MAX_VALUE);

    // When another one is stopped on the way, after its first checkpoint, and resumed
    AtomicLong clock = new AtomicLong();
    TrainingState cut = started(optimisation);
    trainer(optimisation, clock::incrementAndGet).run(cut, file("cut"), IDENTITY, 30);
    assertThat(cut.learner().step()).isBetween(11, STEPS - 1);
    TrainingState resumed = Checkpoint.read(file("cut"), IDENTITY, optimisation, source(), SEED);
    assertThat(resumed.learner().step()).isLessThan(cut.learner().step());
    trainer(optimisation, () -> 0).run(resumed, file("cut"), IDENTITY, Long.MAX_VALUE);

    // Then there is no difference, to the last bit
    assertThat(resumed.learner().parameters()).isEqualTo(whole.learner().parameters());
    assertThat(resumed.best()).isEqualTo(whole.best());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
    assertThat(resumed.examples()).isEqualTo(whole.examples());
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void shouldLowerWhatItOptimises(Objective objective) {
    // Given
    Optimisation optimisation = optimisation(objective.toString());
    TrainingState state = started(optimisation);

    // When
    trainer(optimisation, () -> 0).run(state, file("run"), IDENTITY, Long.MAX_VALUE);

    // Then
    List<CurvePoint> curve = state.curve();
    CurvePoint last = curve.get(curve.size() - 1);
    if (objective == Objective.END_TO_END || objective == Objective.CALIBRATE) {
      // The same episodes at every look; those of training are now harder, now easier.
      assertThat(last.score().loss()).isLessThan(curve.get(0).score().loss());
    } else {
      assertThat(last.trainingLoss()).isLessThan(curve.get(1).trainingLoss());
    }
  }

  @Test
  void shouldKeepTheBestParameters() {
    // Given
    Optimisation optimisation = optimisation("end-to-end");
    TrainingState state = started(optimisation);

    // When
    trainer(optimisation, () -> 0).run(state, file("run"), IDENTITY, Long.MAX_VALUE);

    // Then
    double best = state.bestPoint().score().loss();
    assertThat(state.curve())
        .allSatisfy(p -> assertThat(p.score().loss()).isGreaterThanOrEqualTo(best));
    assertThat(validation().score(state.best()).loss()).isEqualTo(best);
    assertThat(best).isLessThan(state.curve().get(0).score().loss());
  }

  @Test
  void shouldCalibrateTheBestFlow() {
    // Given
    Optimisation optimisation = optimisation("end-to-end,calibrate");
    TrainingState state = started(optimisation);

    // When
    trainer(optimisation, () -> 0).run(state, file("run"), IDENTITY, Long.MAX_VALUE);

    // Then hardly any query gets another label than at the best look before
    CurvePoint bestFlow =
        state.curve().stream()
            .filter(point -> point.objective() == Objective.END_TO_END)
            .min(Comparator.comparingDouble(point -> point.score().loss()))
            .orElseThrow();
    assertThat(state.curve())
        .filteredOn(point -> point.objective() == Objective.CALIBRATE)
        .isNotEmpty()
        .allSatisfy(
            point ->
                assertThat(point.score().accuracy())
                    .isCloseTo(bestFlow.score().accuracy(), within(ROUNDING)));
    assertThat(state.bestPoint().objective()).isEqualTo(Objective.CALIBRATE);
  }

  @Test
  void shouldDifferBySeedAlone() {
    Learner one = Learner.start(optimisation("end-to-end"), source(), SEED);
    Learner same = Learner.start(optimisation("end-to-end"), source(), SEED);
    Learner other = Learner.start(optimisation("end-to-end"), source(), SEED + 1);
    assertThat(one.advance()).isEqualTo(same.advance());
    other.advance();
    assertThat(one.parameters()).isEqualTo(same.parameters()).isNotEqualTo(other.parameters());
  }

  @Test
  void shouldGoOnFromTheBestAnswersOrFromWhereImitationEnded() {
    // Given
    Learner calibrates = atTheTurn("end-to-end,calibrate");
    Learner improves = atTheTurn("imitate-linear,end-to-end");
    Parameters imitated = improves.parameters();
    Parameters best = Learner.start(optimisation("end-to-end"), source(), SEED + 1).parameters();

    // When
    calibrates.turn(best);
    improves.turn(best);

    // Then
    assertThat(calibrates.parameters()).isEqualTo(best).isNotEqualTo(imitated);
    assertThat(improves.parameters()).isEqualTo(imitated);
  }

  private static Learner atTheTurn(String objectives) {
    Learner learner = Learner.start(optimisation(objectives), source(), SEED);
    while (!learner.turns()) {
      learner.advance();
    }
    return learner;
  }

  @Test
  void shouldSayWhichStepLostItsLoss() {
    // Given features that no arithmetic survives
    LabelledFeatures broken = SyntheticSets.of("broken", 6, 12, SEED, Float.NaN);
    EpisodeSource source = new EpisodeSource(List.of(broken), RANGE, 3, SEED, Optional.empty());
    Learner learner = Learner.start(optimisation("end-to-end"), source, SEED);

    // Then
    assertThatThrownBy(learner::advance)
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("step 1: loss: expected a finite number")
        .hasMessageContaining("found NaN");
  }

  @Test
  void shouldNotResumeAnotherRun() {
    // Given
    Optimisation optimisation = optimisation("end-to-end");
    Checkpoint.write(file("run"), IDENTITY, STEPS, started(optimisation));

    // Then
    assertThatThrownBy(() -> Checkpoint.steps(file("run"), "another"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("[another]")
        .hasMessageContaining("[a test]");
    assertThatThrownBy(() -> Checkpoint.steps(file("nowhere"), IDENTITY))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected a checkpoint, found none");
  }

  @Test
  void shouldSayThatACheckpointIsOfAnotherVersion() throws Exception {
    // Given
    Checkpoint.write(file("run"), IDENTITY, STEPS, started(optimisation("end-to-end")));
    byte[] bytes = Files.readAllBytes(file("run"));
    bytes[7] = 1; // the version, behind four bytes of magic
    Files.write(file("run"), bytes);

    // Then
    assertThatThrownBy(() -> Checkpoint.steps(file("run"), IDENTITY))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected a checkpoint of version 2, found version 1");
  }

  @Test
  void shouldRefuseACheckpointThatWasCutShort() throws Exception {
    // Given
    Optimisation optimisation = optimisation("end-to-end");
    Checkpoint.write(file("run"), IDENTITY, STEPS, started(optimisation));
    byte[] bytes = Files.readAllBytes(file("run"));
    Files.write(file("run"), Arrays.copyOf(bytes, bytes.length / 2));

    // Then
    assertThatThrownBy(() -> Checkpoint.read(file("run"), IDENTITY, optimisation, source(), SEED))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("found the file cut short");
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static Optimisation optimisation(String objectives) {
    List<Objective> parsed =
        Arrays.stream(objectives.toUpperCase(Locale.ROOT).replace('-', '_').split(",", -1))
            .map(Objective::valueOf)
            .toList();
    // The flow starts where it is good; imitation starts far from the heads that it follows.
    double rate = objectives.contains("imitate") ? 0.01 : 0.001;
    return new Optimisation(parsed, STEPS, 3, rate, 4);
  }

  private static EpisodeSource source() {
    return source(SEED);
  }

  private static EpisodeSource source(long seed) {
    return new EpisodeSource(
        List.of(SyntheticSets.of("a", 8, 20, 1), SyntheticSets.of("b", 6, 20, 2)),
        RANGE,
        3,
        seed,
        Optional.empty());
  }

  /** Other episodes of the sets that are learned from: few steps are not to generalise. */
  private static Validation validation() {
    return new Validation(source(SEED + 1), 8, 4);
  }

  private static TrainingState started(Optimisation optimisation) {
    return TrainingState.started(Learner.start(optimisation, source(), SEED));
  }

  private static Trainer trainer(Optimisation optimisation, LongSupplier clock) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    Progress progress = new Progress(nowhere, false, () -> 0);
    return new Trainer(optimisation, source(), validation(), progress, clock);
  }
}
