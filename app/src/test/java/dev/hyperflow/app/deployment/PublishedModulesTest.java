package dev.hyperflow.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is public is said in three places: the modules, the BOM, and the check of a release. */
class PublishedModulesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(hyperflow-\\w+)<");

  @Test
  void shouldListTheLibrariesInTheBomAndInTheCheckOfAReleaseAlone() throws IOException {
    Set<String> libraries = new TreeSet<>();
    for (String module : matches(Pattern.compile("<module>(\\w+)</module>"), "pom.xml")) {
      String pom = Files.readString(ROOT.resolve(module + "/pom.xml"));
      if (!module.equals("bom") && !pom.contains("<internal>true</internal>")) {
        libraries.add("hyperflow-" + module);
      }
    }
    assertThat(libraries)
        .containsExactly(
            "hyperflow-engine", "hyperflow-models", "hyperflow-schemas", "hyperflow-topology");

    Set<String> bom = new TreeSet<>(matches(ARTIFACT, "bom/pom.xml"));
    assertThat(bom.remove("hyperflow-bom")).isTrue();
    assertThat(bom).isEqualTo(libraries);

    libraries.addAll(List.of("hyperflow-bom", "hyperflow-parent"));
    assertThat(matches(Pattern.compile("\"(hyperflow-\\w+)\""), "release/CheckBundle.java"))
        .containsExactlyElementsOf(libraries);
  }

  /** The BOM has no parent, so it repeats what the parent says. */
  @Test
  void shouldSayTheSameInBomAndParent() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
    for (String element : List.of("version", "url", "licenses", "developers")) {
      Pattern first =
          Pattern.compile("\n  <" + element + ">(.*?)</" + element + ">", Pattern.DOTALL);
      assertThat(matches(first, "bom/pom.xml")).isEqualTo(matches(first, "pom.xml")).hasSize(1);
    }
    for (String element : List.of("connection", "developerConnection")) {
      Pattern address = Pattern.compile("<" + element + ">(.*?)</");
      assertThat(matches(address, "bom/pom.xml")).isEqualTo(matches(address, "pom.xml"));
    }
    for (String plugin : List.of("maven-gpg-plugin", "central-publishing-maven-plugin")) {
      Pattern version =
          Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>(.*?)<");
      assertThat(version.matcher(bom).results().map(found -> found.group(1)))
          .containsExactlyElementsOf(
              version.matcher(parent).results().map(found -> found.group(1)).toList());
    }
  }

  private static List<String> matches(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
