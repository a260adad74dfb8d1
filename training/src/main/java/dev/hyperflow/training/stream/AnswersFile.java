package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.training.report.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A file of answers, one line for each question: what other programs write to be compared, and what
 * this one writes. A column that does not apply is empty.
 */
final class AnswersFile {

  private static final List<String> COLUMNS =
      List.of(
          "method", "stream", "order", "event", "predicted", "probability", "confidence", "millis");
  private static final int METHOD = 0;
  private static final int STREAM = 1;
  private static final int ORDER = 2;
  private static final int EVENT = 3;
  private static final int PREDICTED = 4;
  private static final int PROBABILITY = 5;
  private static final int CONFIDENCE = 6;
  private static final int MILLIS = 7;

  private AnswersFile() {}

  /** All answers of all methods. */
  static String write(List<Played> played) {
    Csv csv = new Csv(COLUMNS.toArray(new String[0]));
    for (Played one : played) {
      String order = one.stream().order();
      one.tracks()
          .forEach(
              (method, track) -> {
                for (int e = 0; e < track.replies().size(); e++) {
                  Reply reply = track.replies().get(e);
                  csv.line(
                      method,
                      one.stream().name(),
                      order,
                      Integer.toString(e),
                      reply.label() < 0 ? "" : one.stream().labels().get(reply.label()),
                      number(reply.ofTruth()),
                      number(reply.confidence()),
                      number(reply.millis()));
                }
              });
    }
    return csv.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
  }

  /**
   * Reads the answers of other programs to streams. Answers to other streams are skipped.
   *
   * @return for each stream the track of each method
   * @throws DataFormatException if the file cannot be used: a line is not as described, it has no
   *     answer to these streams, or a method has not one answer for each question of a stream
   */
  static List<Map<String, Track>> read(Path file, List<LabelStream> streams) {
    Map<String, Integer> places = new LinkedHashMap<>();
    streams.forEach(stream -> places.put(key(stream.name(), stream.order()), places.size()));
    List<Map<String, Reply[]>> replies =
        streams.stream().<Map<String, Reply[]>>map(stream -> new LinkedHashMap<>()).toList();
    List<String> lines = lines(file);
    for (int i = 1; i < lines.size(); i++) {
      String where = file + ":" + (i + 1);
      List<String> cells = Csv.cells(lines.get(i));
      if (cells.size() != COLUMNS.size()) {
        throw new DataFormatException(
            "%s: expected %d columns, found %d".formatted(where, COLUMNS.size(), cells.size()));
      }
      Integer place = places.get(key(cells.get(STREAM), cells.get(ORDER)));
      if (place == null) {
        continue;
      }
      LabelStream stream = streams.get(place);
      Reply[] track =
          replies.get(place).computeIfAbsent(cells.get(METHOD), method -> new Reply[stream.size()]);
      int event = event(cells.get(EVENT), track, where);
      track[event] = reply(cells, stream, where);
    }
    return tracks(file, streams, replies);
  }

  private static String key(String stream, String order) {
    return stream + "\t" + order;
  }

  private static List<String> lines(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String header = String.join(",", COLUMNS);
      if (lines.isEmpty() || !lines.get(0).equals(header)) {
        throw new DataFormatException(
            "%s:1: expected %s, found %s"
                .formatted(file, header, lines.isEmpty() ? "nothing" : lines.get(0)));
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new DataFormatException(file + ": no such file", e);
    } catch (IOException e) {
      throw new DataFormatException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static int event(String cell, Reply[] track, String where) {
    int event = cell.matches("\\d{1,9}") ? Integer.parseInt(cell) : track.length;
    if (event >= track.length) {
      throw new DataFormatException(
          "%s: event: expected 0 to %d, found '%s'".formatted(where, track.length - 1, cell));
    }
    if (track[event] != null) {
      throw new DataFormatException(
          "%s: expected one answer to event %d, found a second".formatted(where, event));
    }
    return event;
  }

  private static Reply reply(List<String> cells, LabelStream stream, String where) {
    String predicted = cells.get(PREDICTED);
    int label = stream.labels().indexOf(predicted);
    if (label < 0 && !predicted.isEmpty()) {
      throw new DataFormatException(
          "%s: predicted: expected a label of %s or nothing, found '%s'"
              .formatted(where, stream.name(), predicted));
    }
    return new Reply(
        label,
        number(cells, PROBABILITY, 1, where),
        number(cells, CONFIDENCE, 1, where),
        number(cells, MILLIS, Double.MAX_VALUE, where));
  }

  private static double number(List<String> cells, int column, double max, String where) {
    String cell = cells.get(column);
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(cell);
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as numbers out of range are.
    }
    throw new DataFormatException(
        "%s: %s: expected a number from 0%s, found '%s'"
            .formatted(where, COLUMNS.get(column), max == 1 ? " to 1" : "", cell));
  }

  private static List<Map<String, Track>> tracks(
      Path file, List<LabelStream> streams, List<Map<String, Reply[]>> replies) {
    return IntStream.range(0, streams.size())
        .mapToObj(
            i -> {
              Map<String, Track> tracks = new LinkedHashMap<>();
              replies
                  .get(i)
                  .forEach(
                      (method, all) ->
                          tracks.put(method, track(file, streams.get(i), all, method)));
              return tracks;
            })
        .toList();
  }

  private static Track track(Path file, LabelStream stream, Reply[] all, String method) {
    for (int e = 0; e < all.length; e++) {
      if (all[e] == null) {
        throw new DataFormatException(
            "%s: expected an answer of %s to event %d of %s, found none"
                .formatted(file, method, e, stream.name()));
      }
    }
    return new Track(stream, List.of(all), 0);
  }
}
