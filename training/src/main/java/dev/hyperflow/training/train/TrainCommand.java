package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import dev.hyperflow.training.cli.Console;
import dev.hyperflow.training.cli.EncoderOptions;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.FeatureReader;
import dev.hyperflow.training.data.InnerLayers;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./hyperflow train}. */
@Command(
    name = "train",
    description = {
      "Trains a drift network on labelled texts and writes a bundle that 'hyperflow run' serves.",
      "The same data, options and number of steps give the same bundle on the same machine."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
public final class TrainCommand implements Callable<Integer> {

  private static final String MINUTES = "--minutes";
  private static final String STEPS = "--steps";
  private static final String RESUME = "--resume";
  private static final int MAX_EXAMPLES = 1024;
  private static final double UNBALANCED = 0.25;
  private static final int QUERIES = 8;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE|DIR",
      arity = "1..*",
      description =
          "What to learn from: labelled texts as TSV, CSV, JSON lines, an export of Label Studio or"
              + " Argilla, or nlu.yml of Rasa; or directories of .tsv, .csv and .jsonl files.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description =
          "Learns from the history of this support topic. Each tenant is a set. Needs --config.")
  private String topic;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The application's .properties file: brokers, registry, credentials.")
  private Path config;

  @Option(
      names = "--validation",
      paramLabel = "FILE|DIR",
      arity = "1..*",
      description =
          "Sets that decide which checkpoint is kept. Training does not see them. Without any, a"
              + " fourth of the labels of every set of eight or more is held out.")
  private List<Path> validation = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the bundle goes. The directory must be empty, except with --resume.")
  private Path out;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "end-to-end,calibrate",
      description =
          "What to optimise: ${COMPLETION-CANDIDATES}. Objectives separated by commas follow each"
              + " other.")
  private List<Objective> objectives;

  @Option(
      names = MINUTES,
      paramLabel = "N",
      defaultValue = "60",
      description = "Time for everything. The trainer chooses the number of steps that fits.")
  private double minutes;

  @Option(
      names = STEPS,
      paramLabel = "N",
      description = "Number of gradient steps, instead of " + MINUTES + ".")
  private Integer steps;

  @Option(
      names = RESUME,
      description = "Continues the interrupted run in --out. Needs the same options.")
  private boolean resume;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides everything that is drawn.")
  private long seed;

  @Option(
      names = "--ways",
      paramLabel = "A-B",
      defaultValue = "2-60",
      converter = IntRange.Converter.class,
      description = "Number of labels per task.")
  private IntRange ways;

  @Option(
      names = "--shots",
      paramLabel = "A-B",
      defaultValue = "1-64",
      converter = IntRange.Converter.class,
      description = "Number of examples per label.")
  private IntRange shots;

  @Option(
      names = "--streams",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description =
          "Share of tasks that are the beginning of a stream, 0 to 1: labels come as often as they"
              + " do in the set, and queries come next.")
  private double streams;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "6",
      description = "Number of tasks per step.")
  private int batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.003",
      description = "Largest learning rate. It rises at first and falls later.")
  private double learningRate;

  @Option(
      names = "--euler-steps",
      paramLabel = "N",
      defaultValue = "8",
      description = "Number of steps of the Euler loop, in training and in the bundle.")
  private int eulerSteps;

  @Mixin private EncoderOptions encoder;

  @Option(
      names = "--inner-layer",
      paramLabel = "NAME",
      description =
          "Makes the output of an inner layer of the encoder a second block of features. NAME is"
              + " that of a value in the ONNX file; a wrong one prints the list.")
  private String innerLayer;

  @Option(
      names = "--inner-dimension",
      paramLabel = "N",
      defaultValue = "128",
      description = "Number of axes of largest variance that the inner layer is projected on.")
  private int innerDimension;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the bundle. Default: the last part of --out")
  private String name;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "LicenseRef-Unpublished",
      description = "Licence of the bundle.")
  private String licence;

  @Mixin private Console console;

  @Override
  public Integer call() throws InterruptedException {
    long started = System.nanoTime();
    Budget budget =
        new Budget(minutes, steps == null ? OptionalInt.empty() : OptionalInt.of(steps), started);
    TrainingRun.Plan plan =
        new TrainingRun.Plan(optimisation(), range(), budget, seed, out, resume);
    requireSources();
    requireRoom();
    Progress progress = console.progress(System.out);
    Inputs inputs = inputs(progress);
    TrainingRun run = new TrainingRun(plan, inputs, progress, System::nanoTime);
    Manifest manifest =
        run.run(
            new TrainingRun.Naming(
                bundleName(),
                "Anchored Newton-like flow with learned parameters, trained on %s."
                    .formatted(String.join(", ", inputs.names())),
                licence,
                this::command));
    progress.note(
        "%s: bundle %s, report %s"
            .formatted(out, manifest.name(), plan.notes().resolve("report.md")));
    return 0;
  }

  private Inputs inputs(Progress progress) throws InterruptedException {
    List<LabelledTexts> texts = new ArrayList<>(LabelledTexts.readAll(data));
    List<LabelledFeatures> ready = new ArrayList<>();
    if (topic != null) {
      TopicSource source = new TopicSource(topic, range(), progress);
      source.read(ConfigurationFile.read(config), texts, ready);
    }
    List<LabelledTexts> judges = LabelledTexts.readAll(validation);
    if (texts.isEmpty() && judges.isEmpty()) {
      return new Inputs(ready, List.of(), Optional.empty(), Map.of(), Optional.empty());
    }
    try (FeatureReader reader =
        encoder.open(Runtime.getRuntime().availableProcessors(), Optional.ofNullable(innerLayer))) {
      List<LabelledFeatures> training = features(texts, reader, progress);
      List<LabelledFeatures> judging = features(judges, reader, progress);
      EncoderReference reference = reader.reference().orElseThrow();
      if (innerLayer != null) {
        return inner(reader, training, judging, ready);
      }
      training.addAll(ready);
      return new Inputs(
          training, judging, Optional.of(reference), reader.files(), reader.projection());
    }
  }

  /** Projects the inner block of all sets by what is seen in those that are learned from. */
  private Inputs inner(
      FeatureReader reader,
      List<LabelledFeatures> training,
      List<LabelledFeatures> judging,
      List<LabelledFeatures> ready) {
    EncoderReference reference = reader.reference().orElseThrow();
    int width = reference.inner().width();
    if (innerDimension < 1 || innerDimension > width) {
      throw refused(
          "--inner-dimension: expected 1 to %d, found %d".formatted(width, innerDimension));
    }
    byte[] projection = InnerLayers.projection(training, width, innerDimension);
    List<LabelledFeatures> all = new ArrayList<>(projected(training, projection, width));
    all.addAll(ready);
    return new Inputs(
        all,
        projected(judging, projection, width),
        Optional.of(InnerLayers.projected(reference, projection, names(training))),
        reader.files(),
        Optional.of(projection));
  }

  private static List<LabelledFeatures> projected(
      List<LabelledFeatures> sets, byte[] projection, int width) {
    return sets.stream().map(set -> InnerLayers.project(set, projection, width)).toList();
  }

  private static List<String> names(List<LabelledFeatures> sets) {
    return sets.stream().map(LabelledFeatures::name).toList();
  }

  private static List<LabelledFeatures> features(
      List<LabelledTexts> sets, FeatureReader reader, Progress progress)
      throws InterruptedException {
    List<LabelledFeatures> features = new ArrayList<>();
    for (LabelledTexts set : sets) {
      features.add(reader.read(set, progress.stage("encoding " + set.name())));
    }
    return features;
  }

  private Optimisation optimisation() {
    if (!(minutes > 0)) {
      throw refused(MINUTES + ": expected above 0, found " + minutes);
    }
    try {
      return new Optimisation(
          objectives, steps == null ? 1 : steps, batch, learningRate, eulerSteps);
    } catch (IllegalArgumentException e) {
      throw refused("--" + e.getMessage());
    }
  }

  private EpisodeRange range() {
    try {
      return new EpisodeRange(
          ways.from(),
          ways.to(),
          shots.from(),
          shots.to(),
          Math.max(MAX_EXAMPLES, ways.to()),
          UNBALANCED,
          streams,
          QUERIES);
    } catch (IllegalArgumentException e) {
      throw refused("--ways, --shots: " + e.getMessage());
    }
  }

  private void requireSources() {
    if (data.isEmpty() && topic == null) {
      throw refused("expected --data or --topic, found neither");
    }
    if ((topic == null) != (config == null)) {
      throw refused("expected --topic and --config together, found one of them");
    }
  }

  private void requireRoom() {
    if (resume || !Files.exists(out)) {
      return;
    }
    try (Stream<Path> entries = Files.list(out)) {
      if (entries.findAny().isPresent()) {
        throw refused(
            "--out: expected an empty directory or none, found files in %s; --resume continues an"
                    .formatted(out)
                + " interrupted run");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("--out: expected a directory, found: " + e, e);
    }
  }

  private String bundleName() {
    return name == null ? String.valueOf(out.toAbsolutePath().normalize().getFileName()) : name;
  }

  /** The command that repeats the run: with its number of steps in place of its time. */
  private String command(int takenSteps) {
    List<String> words = new ArrayList<>(List.of("./hyperflow"));
    List<String> given = spec.root().commandLine().getParseResult().originalArgs();
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      if (word.equals(MINUTES) || word.equals(STEPS)) {
        i++;
      } else if (!word.equals(RESUME)
          && !word.startsWith(MINUTES + "=")
          && !word.startsWith(STEPS + "=")) {
        words.add(word);
      }
    }
    words.addAll(Arrays.asList(STEPS, Integer.toString(takenSteps)));
    return words.stream()
        .map(word -> word.matches("[\\w./:=,@%+-]+") ? word : "'" + word + "'")
        .collect(Collectors.joining(" "));
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
