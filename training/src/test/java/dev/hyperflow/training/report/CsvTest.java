package dev.hyperflow.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void shouldQuoteWhatCsvGivesAMeaning() {
    Csv csv = new Csv("a", "b");
    csv.line("plain", "one, two");
    csv.line("say \"so\"", "two\r\nlines");
    assertThat(csv).hasToString("a,b\nplain,\"one, two\"\n\"say \"\"so\"\"\",\"two\r\nlines\"\n");
    assertThatThrownBy(() -> csv.line("one")).hasMessage("cells: expected 2, found 1");
  }

  @Test
  void shouldReadTheCellsOfALine() {
    assertThat(Csv.cells("plain,\"one, two\",,\"say \"\"so\"\"\""))
        .containsExactly("plain", "one, two", "", "say \"so\"");
    assertThat(Csv.cells("")).containsExactly("");
  }
}
