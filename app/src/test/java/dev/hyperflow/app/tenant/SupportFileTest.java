package dev.hyperflow.app.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportFileTest {
  private static final String ADD =
      "{\"operation\":\"ADD\",\"eventId\":\"%s\",\"label\":\"a\",\"text\":\"b\"}";

  @TempDir Path directory;

  private SupportFile read(byte[] content) throws IOException {
    return SupportFile.read(Files.write(directory.resolve("tenant.jsonl"), content));
  }

  private SupportFile read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldNumberLinesAsAnEditorDoes() throws IOException {
    SupportFile file = read("\n" + ADD.formatted("e1") + "\r\n  \n" + ADD.formatted("e2"));

    assertThat(file.size()).isEqualTo(2);
    assertThat(file.lines()).map(SupportLine::number).containsExactly(2, 4);
    assertThat(file.lines()).map(line -> line.event().eventId()).containsExactly("e1", "e2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                            | expected a line for each support event",
        "nonsense                                      | line 1: body: expected",
        "{}                                            | line 1: operation: expected one",
        "{\"operation\":\"ADD\",\"label\":\"a\"}       | line 1: eventId: expected a value for ADD",
        "{\"operation\":\"ADD\",\"lable\":\"a\"}       | line 1: lable: expected one of the fields [",
      })
  void shouldSayWhichLineCannotBeSent(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(message);
  }

  @Test
  void shouldNameTheLineThatIsNotUtf8() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(new byte[] {'{', (byte) 0xFF, '}'}))
        .withMessageContaining("expected UTF-8, found other bytes");
  }
}
