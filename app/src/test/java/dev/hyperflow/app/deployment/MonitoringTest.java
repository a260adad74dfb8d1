package dev.hyperflow.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.topology.internal.metrics.MeterCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Dashboards and alert rules speak of metrics that there are, and of advice that there is. */
class MonitoringTest {
  private static final Path DOCKER = Path.of("../docker");
  private static final Path OPERATIONS = Path.of("../docs/operations.md");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:hyperflow|jvm|process|system)_[a-z_]+(?![a-z_]*\\()");
  private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)\\s*(?:=~|!~|!=|=)\"");
  private static final Set<String> ANYWHERE = Set.of("application", "instance", "job", "le");

  static List<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(DOCKER.resolve("grafana/dashboards"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void shouldShowMetricsOfTheCatalogue(Path dashboard) throws IOException {
    JsonNode json = JsonMapper.builder().build().readTree(dashboard.toFile());
    List<String> expressions = new ArrayList<>();
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : json.get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).as("panel ids are unique").isTrue();
      for (JsonNode target : panel.path("targets")) {
        expressions.add(target.get("expr").asText());
      }
    }

    assertThat(expressions).isNotEmpty();
    expressions.forEach(MonitoringTest::check);
    assertThat(json.get("uid").asText()).startsWith("hyperflow-");
  }

  @Test
  void shouldAlertOnMetricsOfTheCatalogueAndSayWhatToDo() throws IOException {
    String advice = Files.readString(OPERATIONS);
    for (Map<String, Object> rule : rules()) {
      String name = (String) rule.get("alert");
      check((String) rule.get("expr"));
      Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
      assertThat(annotations.get("runbook"))
          .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
      assertThat((String) annotations.get("summary")).isNotBlank();
      assertThat(advice).contains("### " + name + "\n");
    }
    assertThat(rules().stream().map(rule -> rule.get("alert"))).doesNotHaveDuplicates();
  }

  @Test
  void shouldScaleByAMetricOfTheCatalogue() throws IOException {
    check(
        Files.readString(DOCKER.resolve("helm/hyperflow/templates/horizontalpodautoscaler.yaml"))
            .lines()
            .filter(line -> line.contains("name: hyperflow_"))
            .collect(Collectors.joining()));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, Object> file =
        new Yaml().load(Files.readString(DOCKER.resolve("prometheus/alerts.yml")));
    return ((List<Map<String, Object>>) file.get("groups"))
        .stream()
            .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
            .toList();
  }

  /** Names and labels are right; the grammar is promtool's business, see docker/check.sh. */
  private static void check(String expression) {
    Set<String> known =
        Arrays.stream(MeterCatalogue.values())
            .flatMap(entry -> entry.samples().stream())
            .collect(Collectors.toSet());
    Matcher metrics = METRIC.matcher(expression);
    while (metrics.find()) {
      assertThat(known).as(expression).contains(metrics.group());
    }
    Matcher selectors = SELECTOR.matcher(expression);
    while (selectors.find()) {
      Set<String> labels =
          Arrays.stream(MeterCatalogue.values())
              .filter(entry -> entry.samples().contains(selectors.group(1)))
              .flatMap(entry -> entry.tags().stream())
              .collect(Collectors.toCollection(TreeSet::new));
      labels.addAll(ANYWHERE);
      Matcher used = LABEL.matcher(selectors.group(2));
      while (used.find()) {
        assertThat(labels).as(expression).contains(used.group(1));
      }
    }
    assertThat(expression.chars().filter(c -> c == '(').count())
        .as(expression)
        .isEqualTo(expression.chars().filter(c -> c == ')').count());
  }
}
