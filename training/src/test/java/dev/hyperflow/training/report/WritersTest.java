package dev.hyperflow.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WritersTest {

  @Test
  void shouldWriteAPageThatNeedsNothingElse() {
    Document document = new Document("title").figure("a.png", "seen");
    assertThat(HtmlWriter.page(document, Map.of("a.png", new byte[] {1, 2, 3})))
        .startsWith("<!doctype html>")
        .contains("prefers-color-scheme:dark", "data:image/png;base64,AQID", "alt=\"seen\"")
        .doesNotContain("http://", "https://", "<script", "<link");
  }

  @Test
  void shouldEscapeWhatHtmlGivesAMeaning() {
    Document document = new Document("a < b").table(List.of("x"), List.of(List.of("<b>&\"")), 0);
    assertThat(HtmlWriter.page(document, Map.of()))
        .contains("<title>a &lt; b</title>", "&lt;b&gt;&amp;&quot;", "<tr class=\"strong\">");
  }

  @Test
  void shouldWriteMarkdownAsAPageOrAsAPart() {
    Document document =
        new Document("title")
            .heading("part")
            .figure("a.png", "seen")
            .add(new Document("left out").table(List.of("x", "y"), List.of(List.of("1", "2")), 0));
    assertThat(MarkdownWriter.page(document))
        .isEqualTo(
            "# title\n\n## part\n\n![seen](a.png)\n\n| x | y |\n| --- | --- |\n| **1** | **2** |\n");
    assertThat(MarkdownWriter.section(document))
        .isEqualTo("## part\n\n| x | y |\n| --- | --- |\n| **1** | **2** |\n");
  }

  @Test
  void shouldQuoteWhatCsvGivesAMeaning() {
    Csv csv = new Csv("a", "b");
    csv.line("plain", "one, two");
    csv.line("say \"so\"", "two\r\nlines");
    assertThat(csv).hasToString("a,b\nplain,\"one, two\"\n\"say \"\"so\"\"\",\"two\r\nlines\"\n");
    assertThatThrownBy(() -> csv.line("one")).hasMessage("cells: expected 2, found 1");
  }
}
