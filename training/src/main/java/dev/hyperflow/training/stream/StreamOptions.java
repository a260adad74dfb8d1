package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.training.report.ReportOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of {@code evaluate} that go with {@code --stream}. */
public final class StreamOptions {

  private static final int MAX_ORDERS = 1_000;
  private static final int MAX_EVENTS = 1_000_000;

  @Option(
      names = "--stream",
      required = true,
      description =
          "Plays the texts of each set as streams instead of episodes: each text is asked, then"
              + " learned. Writes report.html, report.md, streams.csv, answers.csv, a curve of each"
              + " order, and the streams themselves for other programs.")
  private boolean stream;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      split = ",",
      defaultValue = "shuffled",
      description =
          "file: as in the file. shuffled: at random. labels: at random, labels begin one after the"
              + " other. swap: two labels swap their meaning in mid-stream. split: a label splits in"
              + " two in mid-stream.")
  private List<Arrangement> orders;

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "1",
      description = "Streams of each random order, with seeds from --seed on, for intervals.")
  private int repeats;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Maximum number of texts of a stream.")
  private int events;

  @Option(
      names = "--labelled",
      paramLabel = "SHARE",
      defaultValue = "1",
      description = "Share of the texts whose label arrives.")
  private double labelled;

  @Option(
      names = "--delay",
      paramLabel = "N",
      defaultValue = "0",
      description = "Texts that are asked between a text and the arrival of its label.")
  private int delay;

  @Option(
      names = "--wrong",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of the labels that are replaced by another one.")
  private double wrong;

  @Option(
      names = "--memory",
      paramLabel = "N",
      split = ",",
      defaultValue = "" + MemorySettings.DEFAULT_EXAMPLES_PER_TENANT,
      description =
          "Maximum number of examples of a tenant; 0 keeps 32 of each label. Several are compared.")
  private List<Integer> memories;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "newest",
      description = "Which examples a full memory keeps: newest or reservoir.")
  private RingPolicy policy;

  @Option(
      names = "--expire",
      paramLabel = "N",
      defaultValue = "0",
      description = "Questions after which an example expires; 0: never.")
  private int expire;

  @Option(
      names = "--half-life",
      paramLabel = "N",
      split = ",",
      defaultValue = "0",
      description =
          "Questions after which the weight of an example is halved; 0: never. Several are compared.")
  private List<Integer> halfLives;

  @Option(
      names = "--refit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Maximum number of examples from one fit of logistic regression to the next.")
  private int refit;

  @Option(
      names = "--beside",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Answers of other programs to the same streams, as docs/examples/river_stream.py writes"
              + " them. A classical method that a file has is not played again.")
  private List<Path> beside = List.of();

  @Option(
      names = "--streams-only",
      description = "Writes the streams for other programs and plays none.")
  private boolean streamsOnly;

  /**
   * Refuses options out of range.
   *
   * @throws picocli.CommandLine.ParameterException if there is one
   */
  public void check(ReportOptions report) {
    report.require("--orders", repeats, 1, MAX_ORDERS);
    report.require("--events", events, 2, MAX_EVENTS);
    report.require("--delay", delay, 0, MAX_EVENTS);
    report.require("--refit", refit, 1, MAX_EVENTS);
    report.require("--expire", expire, 0, MAX_EVENTS);
    halfLives.forEach(halfLife -> report.require("--half-life", halfLife, 0, MAX_EVENTS));
    memories.forEach(memory -> report.require("--memory", memory, 0, Contestants.MAX_MEMORY));
    if (!(labelled > 0 && labelled <= 1)) {
      throw report.refused("--labelled: expected above 0, at most 1, found " + labelled);
    }
    if (!(wrong >= 0 && wrong <= 1)) {
      throw report.refused("--wrong: expected 0 to 1, found " + wrong);
    }
  }

  /** Whether streams are to be played. */
  public boolean on() {
    return stream;
  }

  StreamPlan plan(long seed) {
    return new StreamPlan(
        orders.stream().distinct().toList(), repeats, events, labelled, wrong, delay, seed);
  }

  /** What the tenants of bundles remember: each number of examples with each half-life. */
  List<Remembering> memories() {
    return memories.stream()
        .distinct()
        .flatMap(
            examples ->
                halfLives.stream()
                    .distinct()
                    .map(halfLife -> new Remembering(examples, policy, expire, halfLife)))
        .toList();
  }

  boolean streamsOnly() {
    return streamsOnly;
  }

  int refit() {
    return refit;
  }

  List<Path> beside() {
    return List.copyOf(beside);
  }
}
