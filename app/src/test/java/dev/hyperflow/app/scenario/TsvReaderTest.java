package dev.hyperflow.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsvReaderTest {

  @TempDir Path directory;

  @Test
  void shouldReadThreeColumns() throws Exception {
    Path file = file("bank\tfees\twhy 5 euros?\n\nshop\t-\thello\n");

    assertThat(TsvReader.read(file))
        .containsExactly(
            new Utterance("bank", "fees", "why 5 euros?"), new Utterance("shop", "-", "hello"));
  }

  @Test
  void shouldReadTwoColumnsAsOneTenant() throws Exception {
    assertThat(TsvReader.read(file("fees\twhy?\n")))
        .containsExactly(new Utterance(TsvReader.DEFAULT_TENANT, "fees", "why?"));
  }

  @Test
  void shouldNameFileAndLineOfALineWithOtherColumns() throws Exception {
    Path file = file("bank\tfees\twhy?\nbank\tfees\n");

    assertThatThrownBy(() -> TsvReader.read(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("%s:2: expected tenant<TAB>label<TAB>text, found 2 column(s)", file);
  }

  @Test
  void shouldNameFileAndLineOfALineWithoutTabs() throws Exception {
    Path file = file("just words\n");

    assertThatThrownBy(() -> TsvReader.read(file))
        .hasMessage(
            "%s:1: expected tenant<TAB>label<TAB>text or label<TAB>text, found 1 column(s)", file);
  }

  @Test
  void shouldNameFileAndLineOfAnEmptyColumn() throws Exception {
    Path file = file("bank\tfees\t \n");

    assertThatThrownBy(() -> TsvReader.read(file))
        .hasMessage("%s:1: expected no empty column, found one", file);
  }

  @Test
  void shouldRefuseAnEmptyFileAMissingFileAndOtherEncodings() throws Exception {
    Path empty = file("\n\n");
    Path missing = directory.resolve("missing.tsv");
    Path latin1 = directory.resolve("latin1.tsv");
    Files.write(latin1, "fees\tcaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> TsvReader.read(empty))
        .hasMessage("%s: expected at least one line, found none", empty);
    assertThatThrownBy(() -> TsvReader.read(missing)).hasMessage("%s: no such file", missing);
    assertThatThrownBy(() -> TsvReader.read(latin1))
        .hasMessage("%s: at or after line 1: expected UTF-8, found other bytes", latin1);
  }

  private Path file(String content) throws Exception {
    return Files.writeString(directory.resolve("data.tsv"), content);
  }
}
