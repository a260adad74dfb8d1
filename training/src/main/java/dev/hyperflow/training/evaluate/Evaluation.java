package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Plays every contender on the same episodes of every set in every setting. */
final class Evaluation {

  /*
   * Episodes are played in chunks, which bundles integrate as one batch. A chunk is a function of
   * its numbers alone, and its responses are counted in order. So neither threads nor their timing
   * change a digit of the report.
   */
  private static final int CHUNK = 8;

  /** Texts out of scope per episode: as many as most episodes have queries. */
  private static final int OUT_OF_SCOPE_QUERIES = 300;

  private final EvaluationPlan plan;
  private final List<LabelledFeatures> sets;
  private final Progress progress;
  private double done;
  private double total;

  Evaluation(EvaluationPlan plan, List<LabelledFeatures> sets, Progress progress) {
    this.plan = plan;
    this.sets = sets;
    this.progress = progress;
  }

  /** The numbers of the episodes that are played together. */
  private record Chunk(LabelledFeatures set, Setting setting, int first, int last) {}

  /** What the contenders said, by task and method, and the tasks. */
  private record Played(List<PreparedEpisode> tasks, List<List<Response>> responses) {}

  /** Measures accuracy and calibration. */
  Results run(List<Contender> contenders) {
    List<String> methods = contenders.stream().flatMap(c -> c.names().stream()).toList();
    Results results =
        new Results(sets.stream().map(LabelledFeatures::name).toList(), plan.settings(), methods);
    List<Chunk> chunks = new ArrayList<>();
    for (LabelledFeatures set : sets) {
      for (Setting setting : plan.settings()) {
        chunks.addAll(chunks(set, setting, plan.episodes(setting)));
      }
    }
    begin(chunks);
    long start = progress.now();
    try (OrderedWork work = new OrderedWork(plan.threads())) {
      for (Chunk chunk : chunks) {
        work.submit(
            () -> play(chunk, contenders, PreparedEpisode::of),
            played -> {
              count(chunk, played, methods, results);
              show(chunk, start);
            });
      }
      work.finish();
    }
    return results;
  }

  /**
   * Measures how well scores find texts out of scope.
   *
   * @param inScope what tasks are made of
   * @param others texts that belong to none of its labels, whatever they are labelled
   */
  OutOfScope run(List<Contender> contenders, LabelledFeatures inScope, LabelledFeatures others) {
    List<String> methods = contenders.stream().flatMap(c -> c.names().stream()).toList();
    OutOfScope result = new OutOfScope();
    List<Chunk> chunks = new ArrayList<>();
    for (Setting setting : plan.settings()) {
      chunks.addAll(chunks(inScope, setting, plan.episodes(setting)));
    }
    begin(chunks);
    long start = progress.now();
    try (OrderedWork work = new OrderedWork(plan.threads())) {
      for (Chunk chunk : chunks) {
        work.submit(
            () -> play(chunk, contenders, e -> PreparedEpisode.of(e, draw(others, chunk.first))),
            played -> {
              count(chunk, played, methods, result);
              show(chunk, start);
            });
      }
      work.finish();
    }
    return result;
  }

  private static List<Chunk> chunks(LabelledFeatures set, Setting setting, int episodes) {
    return IntStream.iterate(0, first -> first < episodes, first -> first + CHUNK)
        .mapToObj(first -> new Chunk(set, setting, first, Math.min(episodes, first + CHUNK)))
        .toList();
  }

  private Played play(
      Chunk chunk, List<Contender> contenders, Function<Episode, PreparedEpisode> task) {
    SettingSampler sampler = new SettingSampler(chunk.setting, plan.queries(), plan.seed());
    List<PreparedEpisode> tasks =
        IntStream.range(chunk.first, chunk.last)
            .mapToObj(number -> task.apply(sampler.sample(chunk.set, number)))
            .toList();
    List<List<Response>> responses = new ArrayList<>();
    tasks.forEach(each -> responses.add(new ArrayList<>()));
    for (Contender contender : contenders) {
      List<List<Response>> said = contender.respond(tasks);
      for (int i = 0; i < said.size(); i++) {
        responses.get(i).addAll(said.get(i));
      }
    }
    return new Played(tasks, responses);
  }

  private static void count(Chunk chunk, Played played, List<String> methods, Results results) {
    for (int i = 0; i < played.tasks.size(); i++) {
      int[] truth = played.tasks.get(i).episode().queryLabels();
      for (int m = 0; m < methods.size(); m++) {
        results
            .tally(chunk.set.name(), chunk.setting, methods.get(m))
            .add(played.responses.get(i).get(m), truth);
      }
    }
  }

  private static void count(Chunk chunk, Played played, List<String> methods, OutOfScope result) {
    for (int i = 0; i < played.tasks.size(); i++) {
      int inScope = played.tasks.get(i).episode().queries().length;
      for (int m = 0; m < methods.size(); m++) {
        result.add(chunk.setting, methods.get(m), played.responses.get(i).get(m), inScope);
      }
    }
  }

  private float[][] draw(LabelledFeatures others, int number) {
    List<float[]> rows = new ArrayList<>();
    for (int label = 0; label < others.labels().size(); label++) {
      for (int text = 0; text < others.count(label); text++) {
        rows.add(others.row(label, text));
      }
    }
    SplittableRandom random = new SplittableRandom(plan.seed() + number).split();
    int wanted = Math.min(OUT_OF_SCOPE_QUERIES, rows.size());
    for (int i = 0; i < wanted; i++) {
      int j = random.nextInt(i, rows.size());
      float[] swapped = rows.get(i);
      rows.set(i, rows.get(j));
      rows.set(j, swapped);
    }
    return rows.subList(0, wanted).toArray(new float[0][]);
  }

  private void begin(List<Chunk> chunks) {
    done = 0;
    total = chunks.stream().mapToDouble(Evaluation::weight).sum();
  }

  private void show(Chunk chunk, long start) {
    done += weight(chunk);
    String what = chunk.set.name() + ", " + chunk.setting.title();
    progress.show("evaluating " + what, done / total, start);
  }

  /** About in proportion to the time a chunk takes: products of examples and labels. */
  private static double weight(Chunk chunk) {
    int labels = chunk.set.labels().size();
    double ways = Math.min(labels, chunk.setting.ways().orElse(labels));
    double examples = ways * Math.min(chunk.setting.shots(), chunk.set.size() / (1.5 * labels));
    double dimension = chunk.set.dimension();
    double fits = examples * Math.min(examples, dimension) * ways;
    return (chunk.last - chunk.first) * (fits + dimension * ways * ways);
  }
}
