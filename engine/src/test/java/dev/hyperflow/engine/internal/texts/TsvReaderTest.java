package dev.hyperflow.engine.internal.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsvReaderTest {

  private static final DataLimits LIMITS = new DataLimits(20, 30, 40, 2);

  @TempDir Path directory;

  @Test
  void shouldReadThreeColumns() throws Exception {
    Path file = file("bank\tfees\twhy 5 euros?\n\nshop\t-\thello\n");

    assertThat(read(file))
        .containsExactly(
            new Utterance("bank", "fees", "why 5 euros?"), new Utterance("shop", "-", "hello"));
  }

  @Test
  void shouldReadTwoColumnsAsOneTenant() throws Exception {
    assertThat(read(file("fees\twhy?\n")))
        .containsExactly(new Utterance(TsvReader.DEFAULT_TENANT, "fees", "why?"));
  }

  @Test
  void shouldNameFileAndLineOfALineWithOtherColumns() throws Exception {
    Path file = file("bank\tfees\twhy?\nbank\tfees\n");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("%s:2: expected tenant<TAB>label<TAB>text, found 2 column(s)", file);
  }

  @Test
  void shouldNameFileAndLineOfALineWithoutTabs() throws Exception {
    Path file = file("just words\n");

    assertThatThrownBy(() -> read(file))
        .hasMessage(
            "%s:1: expected tenant<TAB>label<TAB>text or label<TAB>text, found 1 column(s)", file);
  }

  @Test
  void shouldNameFileAndLineOfAnEmptyColumn() throws Exception {
    Path file = file("bank\tfees\t \n");

    assertThatThrownBy(() -> read(file))
        .hasMessage("%s:1: expected no empty column, found one", file);
  }

  @Test
  void shouldRefuseAnEmptyFileAMissingFileAndOtherEncodings() throws Exception {
    Path empty = file("\n\n");
    Path missing = directory.resolve("missing.tsv");
    Path latin1 = directory.resolve("latin1.tsv");
    Files.write(latin1, "fees\tcaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> read(empty))
        .hasMessage("%s: expected at least one line, found none", empty);
    assertThatThrownBy(() -> read(missing)).hasMessage("%s: no such file", missing);
    assertThatThrownBy(() -> read(latin1))
        .hasMessage("%s: at or after line 1: expected UTF-8, found other bytes", latin1);
  }

  @Test
  void shouldNameFileAndLineOfWhatTheApplicationWouldRefuse() throws Exception {
    Path tenant = file("bank\tfees\twhy?\n" + "b".repeat(21) + "\tfees\twhy?\n");
    assertThatThrownBy(() -> read(tenant))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("%s:2: tenant: expected at most 20 characters, found 21", tenant);
    Path label = file("f".repeat(31) + "\twhy?\n");
    assertThatThrownBy(() -> read(label))
        .hasMessage("%s:1: label: expected at most 30 characters, found 31", label);
    Path text = file("fees\t" + "w".repeat(41) + "\n");
    assertThatThrownBy(() -> read(text))
        .hasMessage("%s:1: text: expected at most 40 characters, found 41", text);
  }

  @Test
  void shouldNameFileAndLineOfALabelTooMany() throws Exception {
    Path file = file("a\tone\nb\ttwo\n-\tthree\na\tfour\nc\tfive\n");

    assertThatThrownBy(() -> read(file))
        .hasMessage("%s:5: expected at most 2 labels of tenant tenant-1, found one more", file);
  }

  private static List<Utterance> read(Path file) {
    return TsvReader.read(file, LIMITS);
  }

  private Path file(String content) throws Exception {
    return Files.writeString(directory.resolve("data.tsv"), content);
  }
}
