package dev.hyperflow.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {

  @Test
  void shouldWriteAPageThatNeedsNothingElse() {
    Document document = new Document("title").figure("a.png", new byte[] {1, 2, 3}, "seen");
    assertThat(document.htmlPage())
        .startsWith("<!doctype html>")
        .contains("prefers-color-scheme:dark", "data:image/png;base64,AQID", "alt=\"seen\"")
        .doesNotContain("http://", "https://", "<script", "<link");
  }

  @Test
  void shouldEscapeWhatHtmlGivesAMeaning() {
    Document document = new Document("a < b").table(List.of("x"), List.of(List.of("<b>&\"")), 0);
    assertThat(document.htmlPage())
        .contains("<title>a &lt; b</title>", "&lt;b&gt;&amp;&quot;", "<tr class=\"strong\">");
  }

  @Test
  void shouldWriteMarkdownAsAPageOrAsAPart() {
    Document document =
        new Document("title")
            .heading("part")
            .figure("a.png", new byte[0], "seen")
            .add(new Document("left out").table(List.of("x", "y"), List.of(List.of("1", "2")), 0));
    assertThat(document.markdownPage())
        .isEqualTo(
            "# title\n\n## part\n\n![seen](a.png)\n\n| x | y |\n| --- | --- |\n| **1** | **2** |\n");
    assertThat(document.markdownSection())
        .isEqualTo("## part\n\n| x | y |\n| --- | --- |\n| **1** | **2** |\n");
  }

  @Test
  void shouldRefuseRowsOfAnotherLength() {
    Document document = new Document("title");
    assertThatThrownBy(() -> document.table(List.of("x", "y"), List.of(List.of("1"))))
        .hasMessage("row: expected 2 cells, found 1");
  }

  @Test
  void shouldHoldAPictureThatABrowserDraws() {
    Document document = new Document("title").figure("a.svg", "<svg/>", "seen");
    assertThat(document.markdownPage()).contains("![seen](a.svg)");
    assertThat(document.htmlPage())
        .contains("<figure><svg/><figcaption>seen</figcaption></figure>");
  }
}
