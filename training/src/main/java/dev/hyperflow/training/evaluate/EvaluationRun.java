package dev.hyperflow.training.evaluate;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.FeatureReader;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import dev.hyperflow.training.report.Commit;
import dev.hyperflow.training.report.Destination;
import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.MarkedSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One run of the evaluation, from locations to files. */
final class EvaluationRun {

  private static final MarkedSection EVALUATION = new MarkedSection("evaluation", "evaluate");
  private static final MarkedSection COST = new MarkedSection("cost of a head", "evaluate");
  private static final int HASH_DIGITS = 16;

  private final Request request;
  private final Supplier<FeatureReader> encoder;
  private final Progress progress;

  EvaluationRun(Request request, Supplier<FeatureReader> encoder, Progress progress) {
    this.encoder = encoder;
    this.request = request;
    this.progress = progress;
  }

  /**
   * What to run.
   *
   * @param bundles locations
   * @param targets whether to hold bundles against the project's aims
   */
  record Request(
      List<String> bundles,
      Data data,
      EvaluationPlan plan,
      Set<MethodGroup> groups,
      boolean targets,
      Destination destination) {}

  /** Texts; those in scope and out of scope come together. */
  record Data(List<Path> sets, Optional<Path> inScope, Optional<Path> outOfScope) {}

  /**
   * Features of everything.
   *
   * @param encoder the encoder's id
   * @param outer number of the first columns that are the encoder's last layer
   */
  private record Features(
      List<LabelledFeatures> sets,
      Optional<LabelledFeatures> inScope,
      Optional<LabelledFeatures> outOfScope,
      String encoder,
      int outer) {

    int dimension() {
      return sets.get(0).dimension();
    }
  }

  /**
   * Runs and writes.
   *
   * @throws DataFormatException if texts cannot be used
   * @throws BundleException if a bundle cannot be used
   */
  void run() throws IOException, InterruptedException {
    request.destination.prepare(sections());
    List<Candidate> candidates = new ArrayList<>();
    try {
      for (String location : request.bundles) {
        candidates.add(Candidate.open(location));
      }
      checkNames(candidates);
      Features features = features();
      checkDimensions(candidates, features);
      write(measure(candidates, features));
    } finally {
      candidates.forEach(Candidate::close);
    }
  }

  private List<MarkedSection> sections() {
    return request.targets ? List.of(EVALUATION, COST) : List.of(EVALUATION);
  }

  private static void checkNames(List<Candidate> candidates) {
    Set<String> names = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (!names.add(candidate.name())) {
        throw new BundleException(
            "bundle " + candidate.name() + ": expected a name of its own, found it twice");
      }
    }
  }

  private static void checkDimensions(List<Candidate> candidates, Features features) {
    for (Candidate candidate : candidates) {
      int dimension = candidate.dimension(features.dimension());
      Manifest manifest = candidate.bundle().manifest();
      if (!manifest.featureDimension().accepts(dimension)) {
        throw new BundleException(
            "bundle %s: expected features of dimension %s, found %d of %s"
                .formatted(
                    candidate.name(), manifest.featureDimension(), dimension, features.encoder));
      }
    }
  }

  private Features features() throws InterruptedException {
    List<LabelledTexts> texts = LabelledTexts.readAll(request.data.sets);
    Optional<LabelledTexts> inScope = request.data.inScope.map(EvaluationRun::single);
    Optional<LabelledTexts> outOfScope = request.data.outOfScope.map(EvaluationRun::single);
    try (FeatureReader reader = encoder.get()) {
      List<LabelledFeatures> sets = new ArrayList<>();
      for (LabelledTexts set : texts) {
        LabelledFeatures features = encoded(set, reader);
        if (SettingSampler.accepts(features)) {
          sets.add(features);
        } else {
          progress.note(
              set.name() + ": left out, because it has fewer than two labels with two texts");
        }
      }
      if (sets.isEmpty()) {
        throw new DataFormatException(
            request.data.sets
                + ": expected a set with two labels of two texts or more, found none");
      }
      Optional<LabelledFeatures> in = Optional.empty();
      Optional<LabelledFeatures> out = Optional.empty();
      if (inScope.isPresent() && outOfScope.isPresent()) {
        in = Optional.of(encoded(inScope.get(), reader));
        out = Optional.of(encoded(outOfScope.get(), reader));
      }
      return new Features(sets, in, out, reader.encoder(), reader.outerWidth());
    }
  }

  private static LabelledTexts single(Path file) {
    List<LabelledTexts> sets = LabelledTexts.readAll(List.of(file));
    if (sets.size() != 1) {
      throw new DataFormatException(file + ": expected one set, found " + sets.size());
    }
    return sets.get(0);
  }

  private LabelledFeatures encoded(LabelledTexts texts, FeatureReader reader)
      throws InterruptedException {
    return reader.read(texts, progress.stage("encoding " + texts.name()));
  }

  private Findings measure(List<Candidate> candidates, Features features) {
    EvaluationPlan plan = fitting(features.sets);
    Evaluation evaluation = new Evaluation(plan, features.sets, progress);
    Results results = evaluation.run(contenders(candidates, features));
    OutOfScope outOfScope = new OutOfScope();
    if (features.inScope.isPresent() && features.outOfScope.isPresent()) {
      List<Contender> scorers =
          new ArrayList<>(candidates.stream().map(c -> contender(c, features)).toList());
      scorers.add(new Narrowed(Peer.logisticRegression(Peer.LR_1, 1), features.outer));
      scorers.add(new Narrowed(Peer.logisticRegression(Peer.LR_10, 10), features.outer));
      outOfScope = evaluation.run(scorers, features.inScope.get(), features.outOfScope.get());
    }
    Optional<Findings.Aims> aims =
        request.targets ? Optional.of(aims(candidates, features, plan)) : Optional.empty();
    return new Findings(describe(candidates, features, plan), results, outOfScope, aims);
  }

  /** The plan without ways that no set has. */
  private EvaluationPlan fitting(List<LabelledFeatures> sets) {
    EvaluationPlan plan =
        request.plan.within(sets.stream().mapToInt(SettingSampler::labels).max().orElseThrow());
    if (!plan.settings().equals(request.plan.settings())) {
      progress.note(
          "settings: no set has enough labels for all of them. The run plays "
              + String.join(", ", plan.settings().stream().map(Setting::title).toList()));
    }
    return plan;
  }

  private Findings.Aims aims(List<Candidate> candidates, Features features, EvaluationPlan plan) {
    progress.note("measuring the cost of a head");
    List<CostMeter.Cost> costs = new ArrayList<>();
    CostMeter.of(features.sets, plan, features.outer)
        .ifPresent(
            meter -> {
              costs.addAll(meter.peers());
              candidates.forEach(
                  c ->
                      costs.addAll(
                          meter.bundle(c.name(), c.bundle(), c.dimension(features.dimension()))));
            });
    Map<String, BatchCheck.Outcome> batches = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      batches.put(candidate.name(), BatchCheck.run(candidate, features.sets, plan));
    }
    return new Findings.Aims(costs, batches);
  }

  private static Contender contender(Candidate candidate, Features features) {
    return new Narrowed(candidate.contender(), candidate.dimension(features.dimension()));
  }

  private List<Contender> contenders(List<Candidate> candidates, Features features) {
    List<Contender> contenders =
        new ArrayList<>(peers().stream().map(peer -> new Narrowed(peer, features.outer)).toList());
    for (Candidate candidate : candidates) {
      contenders.add(contender(candidate, features));
      if (request.groups.contains(MethodGroup.STEPS)) {
        int dimension = candidate.dimension(features.dimension());
        candidate.onGrids().forEach(grid -> contenders.add(new Narrowed(grid, dimension)));
      }
    }
    return contenders;
  }

  private List<Contender> peers() {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(Peer.prototypes());
    if (request.groups.contains(MethodGroup.NEIGHBOUR)) {
      contenders.add(Peer.nearestNeighbour());
    }
    if (request.groups.contains(MethodGroup.GRADIENT)) {
      contenders.add(Peer.gradientDescent());
    }
    contenders.add(Peer.logisticRegression(Peer.LR_1, 1));
    contenders.add(Peer.logisticRegression(Peer.LR_10, 10));
    if (request.groups.contains(MethodGroup.CROSS_VALIDATION)) {
      contenders.add(Peer.crossValidated());
    }
    return contenders;
  }

  private RunNotes describe(List<Candidate> candidates, Features features, EvaluationPlan plan) {
    return new RunNotes(
        LocalDate.now(ZoneOffset.UTC).toString(),
        Commit.current(),
        plan,
        features.encoder,
        candidates.stream().map(EvaluationRun::note).toList(),
        features.sets.stream()
            .map(
                set ->
                    new RunNotes.SetNote(
                        set.name(),
                        set.labels().size(),
                        SettingSampler.labels(set),
                        set.size(),
                        set.hash().substring(0, HASH_DIGITS)))
            .toList());
  }

  private static RunNotes.BundleNote note(Candidate candidate) {
    Manifest manifest = candidate.bundle().manifest();
    Manifest.Provenance provenance = manifest.provenance();
    String origin =
        "%s; %s".formatted(provenance.objective(), String.join(", ", provenance.data()));
    return new RunNotes.BundleNote(
        candidate.name(), candidate.bundle().id(), manifest.steps(), origin);
  }

  private void write(Findings findings) throws IOException {
    byte[] chart = GainChart.png(findings);
    Document accuracy = ReportPage.of(findings, chart);
    Document cost = ReportPage.costs(findings);
    Destination destination = request.destination;
    destination.replace(sections(), section -> section.equals(COST) ? cost : accuracy);
    accuracy.add(cost);
    Files.write(destination.directory().resolve(GainChart.FILE), chart);
    destination.write("results.csv", ResultsCsv.of(findings));
    destination.write("report.md", accuracy.markdownPage());
    destination.write("report.html", accuracy.htmlPage());
    progress.note(
        "%s: report.html, report.md, results.csv and %s, after %s"
            .formatted(
                destination.directory(),
                GainChart.FILE,
                Progress.human(progress.elapsed().toNanos())));
  }
}
