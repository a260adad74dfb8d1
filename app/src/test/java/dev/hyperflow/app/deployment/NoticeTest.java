package dev.hyperflow.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * NOTICE names every component that the application carries, with the licences of its POM. Maven
 * has listed them in {@code target/shipped.txt} before; {@code -Dgolden.update=true} writes the
 * list into NOTICE.
 */
class NoticeTest {
  private static final Path NOTICE = Path.of("../NOTICE");
  private static final Path SHIPPED = Path.of("target/shipped.txt");

  /** The line after which the list begins. */
  private static final String MARK = "list from what it really ships (NoticeTest):\n\n";

  /** Licences that a product under Apache-2.0 may carry; each component has one of them. */
  private static final Pattern ALLOWED =
      Pattern.compile("(?i).*(apache|\\bmit\\b|bsd|cc0|eclipse public license|epl).*");

  /** Licences by "group:artifact". */
  private final Map<String, List<String>> components = new TreeMap<>();

  @BeforeEach
  void read() throws Exception {
    assertThat(SHIPPED).as("made by Maven before the tests").exists();
    for (String line : Files.readAllLines(SHIPPED)) {
      // group:artifact:type[:classifier]:version:scope:file, perhaps with the name of a module
      String[] parts = line.strip().replaceFirst(" -- module .*", "").split(":", -1);
      if (parts.length >= 6) {
        Path jar = Path.of(parts[parts.length - 1]);
        String version = parts[parts.length - 3];
        Path pom = jar.resolveSibling(parts[1] + "-" + version + ".pom");
        components.put(parts[0] + ":" + parts[1], licences(pom));
      }
    }
  }

  @Test
  void shouldNameEveryComponentWithItsLicences() throws IOException {
    StringBuilder list = new StringBuilder();
    components.forEach(
        (name, licences) ->
            list.append("- ")
                .append(name)
                .append(": ")
                .append(String.join(" or ", licences))
                .append('\n'));
    String notice = Files.readString(NOTICE);

    assertThat(notice).contains(MARK);
    Golden.assertSame(
        NOTICE,
        notice.substring(0, notice.indexOf(MARK)) + MARK + list,
        "the application ships other components");
  }

  @Test
  void shouldCarryNothingUnderALicenceThatForbidsIt() {
    assertThat(components)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            (name, licences) -> assertThat(licences).as(name).anyMatch(ALLOWED.asMatchPredicate()));
  }

  /** The list is of what runs, not of what tests need. */
  @Test
  void shouldListWhatRunsAlone() {
    assertThat(components)
        .containsKeys("org.apache.kafka:kafka-streams", "ch.qos.logback:logback-classic")
        .doesNotContainKeys("org.assertj:assertj-core", "org.apache.kafka:kafka_2.13");
  }

  /** The licences that a POM names, or the nearest of its parents that names some. */
  private static List<String> licences(Path pom)
      throws IOException, ParserConfigurationException, SAXException {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getDocumentElement();
    List<String> names = new ArrayList<>();
    for (Element licence : children(children(project, "licenses"), "license")) {
      for (Element name : children(licence, "name")) {
        names.add(name.getTextContent().strip());
      }
    }
    if (!names.isEmpty()) {
      return names;
    }
    List<Element> parents = children(project, "parent");
    assertThat(parents).as("%s names no licence and no parent", pom).hasSize(1);
    String group = text(parents.get(0), "groupId");
    String artifact = text(parents.get(0), "artifactId");
    String version = text(parents.get(0), "version");
    Path repository = pom;
    int depth = text(project, "groupId", group).split("\\.", -1).length + 3;
    for (int i = 0; i < depth; i++) {
      repository = repository.getParent();
    }
    return licences(
        repository
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".pom"));
  }

  private static String text(Element from, String name) {
    return text(from, name, "");
  }

  private static String text(Element from, String name, String otherwise) {
    List<Element> found = children(from, name);
    return found.isEmpty() ? otherwise : found.get(0).getTextContent().strip();
  }

  private static List<Element> children(List<Element> from, String name) {
    return from.stream().flatMap(element -> children(element, name).stream()).toList();
  }

  private static List<Element> children(Element from, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = from.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
