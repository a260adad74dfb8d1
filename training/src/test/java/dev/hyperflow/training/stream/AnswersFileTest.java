package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersFileTest {

  private static final String HEADER =
      "method,stream,order,event,predicted,probability,confidence,millis\n";

  private static final LabelStream STREAM = Sets.stream(new int[] {0, 1}, new int[] {0, 1}, 0);

  @TempDir private Path directory;

  @Test
  void shouldReadWhatItWrites() throws IOException {
    // Given: labels with a comma in their names
    LabelStream stream = Sets.stream(Arrangement.SHUFFLED, 8, 8);
    Track track = Track.play(stream, new ClassMeans(2));
    Played played = new Played(Arrangement.SHUFFLED, stream, Map.of("means", track));

    // When
    Path file = write(AnswersFile.write(List.of(played)));
    Map<String, Track> read = AnswersFile.read(file, List.of(stream)).get(0);

    // Then
    assertThat(read).containsOnlyKeys("means");
    assertThat(read.get("means").replies())
        .extracting(Reply::label)
        .isEqualTo(track.replies().stream().map(Reply::label).toList());
    assertThat(read.get("means").accuracy()).isEqualTo(track.accuracy());
    assertThat(read.get("means").replies().get(0).confidence()).isNaN();
  }

  @Test
  void shouldSkipOtherStreams() throws IOException {
    Path file = write(HEADER + line(0, "", "") + line(1, "", "") + "m,other,order,0,x,,,\n");
    assertThat(AnswersFile.read(file, List.of(STREAM)).get(0)).containsOnlyKeys("m");
  }

  @Test
  void shouldRefuseWhatItCannotUse() throws IOException {
    assertRefused("", ":1: expected method,stream,order,event");
    assertRefused("a,b\n", ":1: expected method,stream,order,event");
    assertRefused(HEADER + "m,s\n", ":2: expected 8 columns, found 2");
    assertRefused(HEADER + line(2, "", ""), ":2: event: expected 0 to 1, found '2'");
    assertRefused(HEADER + line(-1, "", ""), ":2: event: expected 0 to 1, found '-1'");
    assertRefused(
        HEADER + line(0, "", "") + line(0, "", ""),
        ":3: expected one answer to event 0, found a second");
    assertRefused(HEADER + line(0, "", ""), "expected an answer of m to event 1 of synthetic");
    assertRefused(
        HEADER + line(0, "nonsense", ""),
        ":2: predicted: expected a label of synthetic or nothing, found 'nonsense'");
    assertRefused(
        HEADER + line(0, "", "1.5"), ":2: probability: expected a number from 0 to 1, found '1.5'");
    assertRefused(
        HEADER + line(0, "", "much"),
        ":2: probability: expected a number from 0 to 1, found 'much'");
    assertThatThrownBy(() -> AnswersFile.read(Path.of("none.csv"), List.of(STREAM)))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("none.csv: no such file");
  }

  private void assertRefused(String content, String message) throws IOException {
    Path file = write(content);
    assertThatThrownBy(() -> AnswersFile.read(file, List.of(STREAM)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(message);
  }

  private static String line(int event, String predicted, String probability) {
    return "m,%s,%s,%d,%s,%s,,%n"
        .formatted(STREAM.name(), STREAM.order(), event, predicted, probability);
  }

  private Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("answers.csv"), content);
  }
}
