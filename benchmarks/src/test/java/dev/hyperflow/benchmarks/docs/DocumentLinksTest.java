package dev.hyperflow.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of every document leads to a file, and to a heading if it names one. */
class DocumentLinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)>\\s]+)>?(?: \"[^\"]*\")?\\)");
  private static final Pattern ATTRIBUTE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

  static Stream<Path> documents() throws Exception {
    return SourceTree.documents().stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shouldLeadSomewhere(Path document) {
    List<String> broken = new ArrayList<>();
    for (String link : links(Document.text(document))) {
      if (!leadsSomewhere(document, link)) {
        broken.add(link);
      }
    }
    assertThat(broken).as("links of %s that lead nowhere", document).isEmpty();
  }

  @Test
  void shouldSeeLinksButNotThoseInCode() {
    assertThat(
            links(
                """
                [a](b.md) and ![c](d.png "title"), `[x](y)`, <img src="e.png">
                ```
                [z](z.md)
                ```
                """))
        .containsExactly("b.md", "d.png", "e.png");
  }

  @Test
  void shouldNoticeAMissingFileAndAMissingHeading() {
    Path readme = SourceTree.REPOSITORY.resolve("README.md");
    assertThat(leadsSomewhere(readme, "docs/api.md#tokens")).isTrue();
    assertThat(leadsSomewhere(readme, "docs/api.md#token")).isFalse();
    assertThat(leadsSomewhere(readme, "docs/apis.md")).isFalse();
    assertThat(leadsSomewhere(readme, "https://example.org/none")).isTrue();
  }

  @Test
  void shouldNameHeadingsAsGitHubDoes() {
    assertThat(anchors("# A `b` — c: d_e\n## A\n## A\n```\n# no\n```\n"))
        .containsExactlyInAnyOrder("a-b--c-d_e", "a", "a-1");
  }

  private static boolean leadsSomewhere(Path document, String link) {
    if (SCHEME.matcher(link).matches()) {
      return true;
    }
    URI uri = URI.create(link);
    Path target =
        uri.getPath().isEmpty() ? document : document.resolveSibling(uri.getPath()).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return uri.getFragment() == null
        || (target.toString().endsWith(".md")
            && anchors(Document.text(target)).contains(uri.getFragment()));
  }

  private static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    String prose = String.join("\n", withoutBlocks(text)).replaceAll("`[^`\n]*`", "");
    for (Pattern pattern : List.of(LINK, ATTRIBUTE)) {
      Matcher matcher = pattern.matcher(prose);
      while (matcher.find()) {
        links.add(matcher.group(1));
      }
    }
    return links;
  }

  private static Set<String> anchors(String text) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : withoutBlocks(text)) {
      if (line.matches("#{1,6} .*")) {
        String slug =
            line.replaceFirst("#+ +", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int count = seen.merge(slug, 1, Integer::sum);
        anchors.add(count == 1 ? slug : slug + "-" + (count - 1));
      }
    }
    return anchors;
  }

  private static List<String> withoutBlocks(String text) {
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : text.lines().toList()) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (!code) {
        lines.add(line);
      }
    }
    return lines;
  }
}
