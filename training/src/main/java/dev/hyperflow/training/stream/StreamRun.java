package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.FeatureReader;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.report.Commit;
import dev.hyperflow.training.report.Destination;
import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.MarkedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** One run of the evaluation on streams, from locations to files. */
public final class StreamRun {

  private static final MarkedSection STREAMS = new MarkedSection("streams", "evaluate --stream");

  private static final String FOLDER = "streams";

  private final Request request;
  private final StreamPlan plan;
  private final Supplier<FeatureReader> encoder;
  private final Progress progress;
  private final List<String> remarks = new ArrayList<>();

  /** A run, which opens the encoder once and closes it. */
  public StreamRun(Request request, Supplier<FeatureReader> encoder, Progress progress) {
    this.request = request;
    this.plan = request.options.plan(request.seed);
    this.encoder = encoder;
    this.progress = progress;
  }

  /**
   * What to run.
   *
   * @param bundles locations, at least one
   * @param data files and directories of labelled texts
   * @param options of streams
   * @param seed of the first stream of each order
   * @param threads streams that are played at once, at least 1
   */
  public record Request(
      List<String> bundles,
      List<Path> data,
      StreamOptions options,
      long seed,
      int threads,
      Destination destination) {}

  /** A stream that waits to be played, with its answers that are there already. */
  private record Waiting(Arrangement arrangement, LabelStream stream, Map<String, Track> guests) {}

  /**
   * Runs and writes.
   *
   * @throws DataFormatException if texts or answers cannot be used
   * @throws BundleException if a bundle cannot be used
   */
  public void run() throws IOException, InterruptedException {
    request.destination.prepare(List.of(STREAMS));
    try (Contestants contestants =
        Contestants.open(request.bundles, request.options.memories(), request.options.refit())) {
      List<Waiting> streams = streams(sets(contestants));
      for (Waiting waiting : streams) {
        StreamFile.write(request.destination.directory().resolve(FOLDER), waiting.stream);
      }
      if (!request.options.streamsOnly()) {
        write(play(streams, contestants), contestants);
      }
    }
  }

  private List<StreamSet> sets(Contestants contestants) throws InterruptedException {
    List<LabelledTexts> texts = LabelledTexts.readAll(request.data);
    long played = texts.stream().mapToLong(set -> set.texts().size()).sum();
    long lines = LabelledTexts.countLines(request.data);
    if (lines > played) {
      remark(
          "%d of %d lines are not played: they are empty, have no label, or repeat a text"
              .formatted(lines - played, lines));
    }
    List<StreamSet> sets = new ArrayList<>();
    try (FeatureReader reader = encoder.get()) {
      if (!reader.knowsNoRoles()) {
        throw new DataFormatException(
            "encoder %s: expected one prefix for queries and examples, as a text of a stream is"
                    .formatted(reader.encoder())
                + " both, found two");
      }
      for (LabelledTexts set : texts) {
        StreamSet read = StreamSet.of(set, features(set, reader), reader.outerWidth());
        int unread = set.texts().size() - read.size();
        if (unread > 0) {
          remark(
              "%d texts of %s are not played, as the encoder gives no finite features"
                  .formatted(unread, set.name()));
        }
        sets.add(read);
      }
      remark("The encoder is " + reader.encoder());
      contestants.requireDimension(sets.get(0).features().dimension(), reader.encoder());
    }
    return sets;
  }

  private LabelledFeatures features(LabelledTexts set, FeatureReader reader)
      throws InterruptedException {
    try {
      return reader.read(set, progress.stage("encoding " + set.name()));
    } catch (IllegalStateException e) {
      throw new DataFormatException(e.getMessage(), e);
    }
  }

  private List<Waiting> streams(List<StreamSet> sets) {
    List<Arrangement> arrangements = new ArrayList<>();
    List<LabelStream> streams = new ArrayList<>();
    for (Arrangement arrangement : plan.arrangements()) {
      for (StreamSet set : sets) {
        if (set.labels().size() < arrangement.minLabels()) {
          remark(
              "%s is left out of %s, as it has %d labels: expected at least %d"
                  .formatted(
                      set.name(),
                      arrangement.title(),
                      set.labels().size(),
                      arrangement.minLabels()));
          continue;
        }
        for (int i = 0; i < (arrangement.isRandom() ? plan.repeats() : 1); i++) {
          arrangements.add(arrangement);
          streams.add(arrangement.stream(set, plan, plan.seed() + i));
        }
      }
    }
    if (streams.isEmpty()) {
      throw new DataFormatException(
          request.data + ": expected a set with labels enough, found none; " + remarks);
    }
    List<Map<String, Track>> guests = guests(streams);
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      waiting.add(new Waiting(arrangements.get(i), streams.get(i), guests.get(i)));
    }
    return waiting;
  }

  /** The answers of other programs, by stream. */
  private List<Map<String, Track>> guests(List<LabelStream> streams) {
    List<Map<String, Track>> guests = new ArrayList<>();
    streams.forEach(stream -> guests.add(new LinkedHashMap<>()));
    for (Path file : request.options.beside()) {
      List<Map<String, Track>> answers = AnswersFile.read(file, streams);
      for (int i = 0; i < guests.size(); i++) {
        Set<String> methods = answers.get(i).keySet();
        if (methods.isEmpty() || !methods.equals(answers.get(0).keySet())) {
          LabelStream stream = streams.get(i);
          throw new DataFormatException(
              "%s: expected the same methods for every stream, found %s for %s of %s"
                  .formatted(file, methods, stream.order(), stream.name()));
        }
        guests.get(i).putAll(answers.get(i));
      }
    }
    return guests;
  }

  private StreamResults play(List<Waiting> streams, Contestants contestants)
      throws InterruptedException {
    long begun = progress.now();
    ExecutorService workers = Executors.newFixedThreadPool(request.threads);
    try {
      List<Future<Played>> futures = new ArrayList<>();
      for (Waiting one : streams) {
        futures.add(
            workers.submit(
                () ->
                    new Played(
                        one.arrangement, one.stream, contestants.play(one.stream, one.guests))));
      }
      List<Played> played = new ArrayList<>();
      for (Future<Played> future : futures) {
        progress.show("playing streams", (double) played.size() / futures.size(), begun);
        played.add(future.get());
      }
      return new StreamResults(played, contestants.bundles(), contestants.peers());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a stream cannot be played: " + e.getCause(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private void remark(String sentence) {
    remarks.add(sentence + ".");
    progress.note(sentence);
  }

  private void write(StreamResults results, Contestants contestants) throws IOException {
    String head =
        "Measured on %s at commit %s with %s, %d streams at once."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Commit.current(),
                String.join(", ", contestants.ids()),
                request.threads);
    Document document =
        new StreamReport(results, plan, request.options.refit()).write(head, remarks);
    Destination destination = request.destination;
    destination.replace(List.of(STREAMS), section -> document);
    for (Arrangement arrangement : results.arrangements()) {
      destination.write(CurveChart.file(arrangement), CurveChart.svg(results, arrangement));
    }
    destination.write("streams.csv", StreamsCsv.of(results));
    destination.write("answers.csv", AnswersFile.write(results.played()));
    destination.write("report.md", document.markdownPage());
    destination.write("report.html", document.htmlPage());
    progress.note(
        "%s: report.html, report.md, streams.csv, answers.csv, curves and streams, after %s"
            .formatted(destination.directory(), Progress.human(progress.elapsed().toNanos())));
  }
}
