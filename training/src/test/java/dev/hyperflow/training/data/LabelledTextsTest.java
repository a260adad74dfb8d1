package dev.hyperflow.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextsTest {

  @TempDir private Path directory;

  @Test
  void shouldReadADirectoryInOrderOfNames() throws IOException {
    // Given
    write("b.tsv", "x\tone\n");
    write("a.tsv", "x\tone\ny\ttwo\ny\tone\n");
    write("readme.md", "not a set");

    // When
    List<LabelledTexts> sets = LabelledTexts.readAll(List.of(directory));

    // Then: a text counts once, with its first label
    assertThat(sets).extracting(LabelledTexts::name).containsExactly("a", "b");
    assertThat(sets.get(0).texts()).extracting(text -> text.label()).containsExactly("x", "y");
  }

  @Test
  void shouldMakeASetOfEachTenantAndSkipWhatNobodyLabelled() throws IOException {
    // Given
    Path file = write("desk.tsv", "t1\tx\tone\nt2\ty\ttwo\nt2\t-\tthree\n");

    // When
    List<LabelledTexts> sets = LabelledTexts.readAll(List.of(file));

    // Then
    assertThat(sets).extracting(LabelledTexts::name).containsExactly("desk/t1", "desk/t2");
    assertThat(sets.get(1).texts()).hasSize(1);
  }

  @Test
  void shouldReadOtherFormatsAsTheSameSets() throws IOException {
    Path csv = write("a.csv", "text,label\n\"one, two\",x\nthree,y\n");
    Path json =
        write(
            "b.jsonl",
            "{\"text\":\"one, two\",\"label\":\"x\"}\n{\"text\":\"three\",\"label\":\"y\"}\n");
    Path tsv = write("c.tsv", "x\tone, two\ny\tthree\n");

    List<LabelledTexts> sets = LabelledTexts.readAll(List.of(csv, json, tsv));

    assertThat(sets).extracting(LabelledTexts::name).containsExactly("a", "b", "c");
    assertThat(sets).extracting(LabelledTexts::hash).containsOnly(sets.get(2).hash());
  }

  @Test
  void shouldHashContentAndNotTheName() throws IOException {
    // Given
    Path one = write("one.tsv", "x\ttext\n");
    Path same = write("same.tsv", "x\ttext\n");
    Path other = write("other.tsv", "y\ttext\n");

    // When
    List<LabelledTexts> sets = LabelledTexts.readAll(List.of(one, same, other));

    // Then
    assertThat(sets.get(0).hash()).hasSize(64).isEqualTo(sets.get(1).hash());
    assertThat(sets.get(0).hash()).isNotEqualTo(sets.get(2).hash());
  }

  @Test
  void shouldNameTheFileAndTheLineOfWhatItCannotRead() throws IOException {
    Path bad = write("bad.tsv", "x\tfine\nno tab here\n");
    assertRefused(bad, "bad.tsv:2: expected 2 columns, found 1");
  }

  @Test
  void shouldNotLearnTheNamesOfColumns() throws IOException {
    String rows = "fees,why a fee\nfees,no fee please\nlogin,let me in\nlogin,locked out\n";
    assertRefused(write("named.csv", "Gruppe,Nachricht\n" + rows), "names of columns");
    assertThat(LabelledTexts.readAll(List.of(write("label.csv", "label,text\n" + rows))))
        .extracting(set -> set.texts().size())
        .containsExactly(4);
  }

  @Test
  void shouldRefuseWhatHoldsNoLabelledText() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("empty"));
    assertRefused(folder, "empty: expected files [.tsv, .csv, .jsonl], found none");
    assertRefused(directory.resolve("missing.tsv"), "missing.tsv: no such file");
    assertRefused(write("blank.tsv", "-\ttext\n"), "at least one labelled line, found none");
  }

  @Test
  void shouldRefuseTwoSetsOfOneName() throws IOException {
    Path file = write("twice.tsv", "x\ttext\n");
    assertThatThrownBy(() -> LabelledTexts.readAll(List.of(file, file)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("expected a name of its own");
  }

  private static void assertRefused(Path location, String message) {
    assertThatThrownBy(() -> LabelledTexts.readAll(List.of(location)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(message);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
