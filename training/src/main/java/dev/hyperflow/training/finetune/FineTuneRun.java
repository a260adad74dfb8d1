package dev.hyperflow.training.finetune;

import ai.djl.ndarray.NDManager;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.data.SettingSampler;
import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.MarkedSection;
import dev.hyperflow.training.tensor.PyTorch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** One run of the comparison, from locations to files. */
final class FineTuneRun {

  private final FineTunePlan plan;
  private final Progress progress;
  private final Measurements measurements = new Measurements();
  private long stepsDone;

  FineTuneRun(FineTunePlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Everything that is loaded once.
   *
   * @param cost floating-point operations of encoding a task's examples
   */
  private record Methods(DriftHeads heads, FineTuning tuning, ToDoubleFunction<TextTask> cost) {}

  /**
   * Runs and writes.
   *
   * @throws DataFormatException if texts cannot be used
   * @throws BundleException if a bundle cannot be used
   */
  void run() throws IOException, InterruptedException {
    List<MarkedSection> sections = List.of(new MarkedSection("fine-tuning", "finetune"));
    plan.destination().prepare(sections);
    List<TaskSampler> samplers = samplers();
    try (Bundle bundle = Bundle.load(plan.bundle(), BundleOptions.defaults());
        NDManager manager = PyTorch.manager()) {
      EncoderReference reference = PretrainedEncoder.of(bundle, plan.bundle());
      Encoder encoder = bundle.encoder().orElseThrow();
      MiniLm pretrained = MiniLm.of(manager, MiniLmWeights.read(reference));
      try (TokenReader tokens = TokenReader.open(reference, plan.episodes().maxTokens())) {
        EncoderShape shape = pretrained.shape();
        measure(
            samplers,
            new Methods(
                new DriftHeads(bundle, encoder),
                new FineTuning(pretrained, tokens),
                task -> encodingOperations(shape, tokens, task)));
      }
      measureMemory(samplers.get(0).sample(0));
      Document report = FineTuneReport.of(plan, bundle, measurements);
      plan.destination().write("results.csv", FineTuneCsv.of(measurements));
      plan.destination().write("report.md", report.markdownPage());
      plan.destination().replace(sections, section -> report);
    }
    progress.note(
        "%s: report.md and results.csv, after %s"
            .formatted(
                plan.destination().directory(), Progress.human(progress.elapsed().toNanos())));
  }

  private List<TaskSampler> samplers() {
    FineTunePlan.Episodes episodes = plan.episodes();
    SettingSampler sampler =
        new SettingSampler(episodes.setting(), episodes.queries(), episodes.seed());
    List<TaskSampler> samplers = new ArrayList<>();
    for (LabelledTexts texts : LabelledTexts.readAll(plan.data())) {
      TaskSampler tasks = new TaskSampler(texts, sampler);
      if (tasks.accepts()) {
        samplers.add(tasks);
      } else {
        progress.note(
            texts.name() + ": left out, because it has fewer than two labels with two texts");
      }
    }
    if (samplers.isEmpty()) {
      throw new DataFormatException(
          plan.data() + ": expected a set with two labels of two texts or more, found none");
    }
    return samplers;
  }

  /** Round by round, so that every set has as many episodes when time is up. */
  private void measure(List<TaskSampler> samplers, Methods methods) {
    long start = progress.now();
    long limit = TimeUnit.MINUTES.toNanos(plan.episodes().minutes());
    for (int episode = 0; episode < plan.episodes().episodes(); episode++) {
      long spent = progress.now() - start;
      // A round that would end after the limit is not begun.
      if (episode > 0 && spent + spent / episode > limit) {
        progress.note("the time limit ends the run after %d episodes a set".formatted(episode));
        return;
      }
      for (TaskSampler sampler : samplers) {
        measure(sampler, episode, methods, start, samplers.size());
      }
    }
  }

  private void measure(
      TaskSampler sampler, int episode, Methods methods, long start, int numberOfSets) {
    TextTask task = sampler.sample(episode);
    String set = sampler.name();
    DriftHeads.Outcome head = methods.heads.run(task);
    measurements.add(
        new Measurements.Entry(
            set,
            episode,
            FineTuneReport.HEAD,
            head.accuracy(),
            head.headSeconds(),
            head.headOperations()));
    measurements.add(
        new Measurements.Entry(
            set,
            episode,
            FineTuneReport.WITH_ENCODING,
            head.accuracy(),
            head.headSeconds() + head.encodingSeconds(),
            head.headOperations() + methods.cost.applyAsDouble(task)));
    int last = plan.steps().get(plan.steps().size() - 1);
    double all = (double) last * plan.modes().size() * plan.episodes().episodes() * numberOfSets;
    for (Map.Entry<TuningMode, Rates> mode : plan.modes().entrySet()) {
      List<FineTuning.Point> points =
          methods.tuning.run(
              task,
              mode.getKey(),
              mode.getValue(),
              plan.steps(),
              step -> progress.show("fine-tuning on " + set, ++stepsDone / all, start));
      for (FineTuning.Point point : points) {
        measurements.add(
            new Measurements.Entry(
                set,
                episode,
                FineTuneReport.method(mode.getKey(), point.steps()),
                point.accuracy(),
                point.seconds(),
                point.operations()));
      }
    }
  }

  private static double encodingOperations(EncoderShape shape, TokenReader tokens, TextTask task) {
    return tokens.read(TextTask.texts(task.examples())).stream()
        .mapToDouble(text -> shape.forwardOperations(1, text.length))
        .sum();
  }

  private void measureMemory(TextTask task) throws IOException, InterruptedException {
    progress.note("measuring memory, each method in a process of its own");
    MemoryMeter meter = new MemoryMeter(plan.bundle(), plan.episodes().maxTokens());
    List<String> methods = new ArrayList<>(List.of(MemoryMeter.HEAD));
    plan.modes().keySet().forEach(mode -> methods.add(mode.toString()));
    for (String method : methods) {
      meter.measure(method, task).ifPresent(reading -> measurements.remember(method, reading));
    }
  }
}
