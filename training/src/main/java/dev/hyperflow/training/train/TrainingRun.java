package dev.hyperflow.training.train;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.ProcessMemory;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.EpisodeSampler;
import dev.hyperflow.training.data.LabelledFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A run from features to a bundle with its report. For use by one thread. */
final class TrainingRun {

  /** Where a run keeps what does not belong to the bundle, inside its directory. */
  static final String NOTES = "training";

  private static final String CHECKPOINT = "checkpoint.bin";
  private static final int VALIDATION_BATCHES = 16;
  private static final int SCOPE_TASKS = 240;

  /** Keeps what is drawn for judging apart from what is drawn for learning. */
  private static final long VALIDATION_SEED = 0x5EED_0001;

  private static final long CALIBRATION_SEED = 0x5EED_0002;
  private static final long SCOPE_SEED = 0x5EED_0003;

  private final Plan plan;
  private final Inputs inputs;
  private final HeldOut sets;
  private final Progress progress;
  private final LongSupplier nanoTime;

  /**
   * What to do.
   *
   * @param optimisation how to optimise; its number of steps counts if the budget has one
   * @param range which episodes to draw
   * @param budget when to stop
   * @param seed of everything that is drawn
   * @param directory of the bundle
   * @param resume whether to go on with the run that was interrupted there
   */
  record Plan(
      Optimisation optimisation,
      EpisodeRange range,
      Budget budget,
      long seed,
      Path directory,
      boolean resume) {

    Path notes() {
      return directory.resolve(NOTES);
    }

    String identity(Inputs inputs) {
      return "objective=%s batch=%d learning-rate=%s euler-steps=%d seed=%d %s data=%s"
          .formatted(
              codes(),
              optimisation.batch(),
              optimisation.learningRate(),
              optimisation.eulerSteps(),
              seed,
              range,
              inputs.identity());
    }

    String codes() {
      return optimisation.objectives().stream()
          .map(Objective::toString)
          .collect(Collectors.joining(","));
    }
  }

  /** Names of a bundle; the command is asked for once the number of steps is known. */
  record Naming(String name, String description, String licence, IntFunction<String> command) {}

  /**
   * Prepares a run.
   *
   * @param nanoTime a clock, as {@link System#nanoTime()}
   * @throws DataFormatException if a set has too few labels
   */
  TrainingRun(Plan plan, Inputs inputs, Progress progress, LongSupplier nanoTime) {
    this.plan = plan;
    this.inputs = inputs;
    this.progress = progress;
    this.nanoTime = nanoTime;
    inputs.training().forEach(set -> requireTasks(set, plan.range()));
    inputs.validation().forEach(set -> requireTasks(set, plan.range()));
    requireOneDimension(inputs);
    this.sets =
        inputs.validation().isEmpty()
            ? HeldOut.split(inputs.training(), plan.seed())
            : new HeldOut(inputs.training(), inputs.validation());
  }

  /**
   * Learns, writes the bundle and the report.
   *
   * @throws TrainingException if training cannot go on
   */
  Manifest run(Naming naming) {
    try {
      return learn(naming);
    } catch (OutOfMemoryError e) {
      throw Gradients.outOfMemory(e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          plan.directory() + ": expected to be writable, found: " + e, e);
    }
  }

  private Manifest learn(Naming naming) throws IOException {
    int batch = plan.optimisation().batch();
    EpisodeSource source =
        new EpisodeSource(sets.training(), plan.range(), batch, plan.seed(), inputs.blocks());
    Validation validation =
        new Validation(
            judges(VALIDATION_SEED, inputs.blocks()),
            VALIDATION_BATCHES,
            plan.optimisation().eulerSteps());
    Path checkpoint = plan.notes().resolve(CHECKPOINT);
    String identity = plan.identity(inputs);

    int steps = steps(checkpoint, identity, source, validation);
    Optimisation optimisation = plan.optimisation().withSteps(steps);
    TrainingState state =
        plan.resume()
            ? Checkpoint.read(checkpoint, identity, optimisation, source, plan.seed())
            : TrainingState.started(Learner.start(optimisation, source, plan.seed()));
    new Trainer(optimisation, source, validation, progress, nanoTime)
        .run(state, checkpoint, identity, plan.budget().deadlineNanos());

    progress.note("best after step %,d; writing the bundle".formatted(state.bestStep()));
    Manifest manifest =
        new TrainedBundle(plan.directory(), naming, inputs, origin(naming, state, steps))
            .make(
                state.best(),
                optimisation.eulerSteps(),
                CalibrationTasks.of(
                    sets.validation(), plan.range(), plan.seed() ^ CALIBRATION_SEED),
                scopeTasks());
    TrainingReport.write(plan.notes(), manifest, state);
    return manifest;
  }

  private int steps(Path checkpoint, String identity, EpisodeSource source, Validation validation) {
    Budget budget = plan.budget();
    if (plan.resume()) {
      int steps = Checkpoint.steps(checkpoint, identity);
      if (budget.steps().orElse(steps) != steps) {
        throw new TrainingException(
            "--steps: expected %d like the interrupted run, found %d"
                .formatted(steps, budget.steps().getAsInt()));
      }
      return steps;
    }
    if (budget.steps().isPresent()) {
      return budget.steps().getAsInt();
    }
    Learner trial = Learner.start(plan.optimisation(), source, plan.seed());
    int steps =
        new Trainer(plan.optimisation(), source, validation, progress, nanoTime)
            .stepsWithin(budget.secondsLeft(nanoTime.getAsLong()), trial);
    progress.note(
        String.format(
            Locale.ROOT, "%,d steps fit into %.1f minutes", steps, plan.budget().minutes()));
    return steps;
  }

  private EpisodeSource judges(long seed, Optional<Blocks> blocks) {
    return new EpisodeSource(
        sets.validation(), plan.range(), plan.optimisation().batch(), plan.seed() ^ seed, blocks);
  }

  /** Of the sets to learn from: the scope score depends on nothing that was learned from them. */
  private List<ScopeTask> scopeTasks() {
    return new ScopeTasks(sets.training(), plan.range(), plan.seed() ^ SCOPE_SEED)
        .first(SCOPE_TASKS);
  }

  private Function<SortedMap<String, Double>, Manifest.Provenance> origin(
      Naming naming, TrainingState state, int steps) {
    double seconds =
        Math.max(state.seconds(), (nanoTime.getAsLong() - plan.budget().startedNanos()) / 1e9);
    long memory =
        ProcessMemory.ofThisProcess().peakBytes().orElse(Runtime.getRuntime().totalMemory());
    Manifest.Training training =
        new Manifest.Training(
            naming.command().apply(steps),
            inputs.hashes(),
            state.bestStep(),
            state.examples(),
            memory);
    return figures ->
        new Manifest.Provenance(
            inputs.names(),
            plan.seed(),
            plan.codes(),
            Math.round(seconds * 10) / 10.0,
            memory,
            figures,
            training);
  }

  private static void requireTasks(LabelledFeatures set, EpisodeRange range) {
    try {
      new EpisodeSampler(range, 0).sample(set, 0);
    } catch (IllegalArgumentException e) {
      throw new DataFormatException(e.getMessage(), e);
    }
  }

  private static void requireOneDimension(Inputs inputs) {
    List<LabelledFeatures> all = new ArrayList<>(inputs.training());
    all.addAll(inputs.validation());
    int first = all.get(0).dimension();
    for (LabelledFeatures set : all) {
      if (set.dimension() != first) {
        throw new DataFormatException(
            "%s: expected %d features as in %s, found %d"
                .formatted(set.name(), first, all.get(0).name(), set.dimension()));
      }
    }
  }
}
