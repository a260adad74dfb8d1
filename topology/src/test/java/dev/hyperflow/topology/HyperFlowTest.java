package dev.hyperflow.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.models.Golden;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.testing.HyperFlowTestDriver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class HyperFlowTest {
  /** Loads fast: these tests send vectors. */
  private static final Map<String, String> BUNDLE =
      Map.of("bundle", "classpath:bundles/minilm-analytic-v0");

  private static final List<Float> RED = vector(0);
  private static final List<Float> BLUE = vector(1);

  @Test
  void shouldAddTwoGraphsWithNamesOfTheirOwn() {
    Topology topology = new Topology();

    try (HyperFlowNodes routing =
            HyperFlow.addTo(topology, HyperFlowConfig.of(settingsOf("routing")), "routing");
        HyperFlowNodes spam =
            HyperFlow.addTo(topology, HyperFlowConfig.of(settingsOf("spam")), "spam")) {
      assertThat(routing.engine()).isEqualTo("routing-engine");
      assertThat(spam.predictions()).isEqualTo("spam-predictions");
      assertThat(routing.bundleId()).startsWith("minilm-analytic-v0@");
      Golden.assertGolden(
          "embedded-topology.txt",
          topology.describe().toString(),
          "names of stores are names of the changelog topics of embedding applications");
    }
  }

  @Test
  void shouldAnswerInBothGraphsFromTheirOwnLabels() {
    Map<String, String> settings = settingsOf("routing");
    Map<String, String> others = new HashMap<>(settingsOf("spam"));
    others.put("schema.registry.url", settings.get("schema.registry.url"));
    Topology topology = new Topology();
    try (HyperFlowNodes routing =
            HyperFlow.addTo(topology, HyperFlowConfig.of(settings), "routing");
        HyperFlowNodes spam = HyperFlow.addTo(topology, HyperFlowConfig.of(others), "spam");
        HyperFlowTestDriver driver = HyperFlowTestDriver.of(topology, settings)) {
      driver.teach("t", "e1", "red", RED);
      driver.teach("t", "e2", "blue", BLUE);

      assertThat(driver.ask("t", "q", BLUE).getLabel()).isEqualTo("blue");
      assertThat(driver.driver().getKeyValueStore("routing-tenant-meta").approximateNumEntries())
          .isPositive();
      assertThat(driver.driver().getKeyValueStore("spam-tenant-meta").approximateNumEntries())
          .isZero();
      assertThat(routing.bundleId()).isEqualTo(spam.bundleId());
    }
  }

  @Test
  void shouldHandPredictionsToOtherNodes() {
    Map<String, String> settings = HyperFlowTestDriver.settings(BUNDLE);
    Topology topology = new Topology();
    try (HyperFlowNodes nodes =
        HyperFlow.addTo(topology, HyperFlowConfig.of(settings), "routing")) {
      topology.addProcessor("label-only", LabelOnly::new, nodes.predictions());
      topology.addSink(
          "labels-only", "labels", new StringSerializer(), new StringSerializer(), "label-only");
      try (HyperFlowTestDriver driver = HyperFlowTestDriver.of(topology, settings)) {
        driver.teach("t", "e1", "red", RED);

        assertThat(driver.ask("t", "q", RED).getLabel()).isEqualTo("red");
        assertThat(
                driver
                    .driver()
                    .createOutputTopic("labels", new StringDeserializer(), new StringDeserializer())
                    .readKeyValuesToMap())
            .containsExactly(Map.entry("t", "red"));
      }
    }
  }

  @Test
  void shouldSendRefusedRecordsToTheDeadLetters() {
    try (HyperFlowTestDriver driver = HyperFlowTestDriver.open(BUNDLE)) {
      driver.teach("t", "e1", "red", List.of());

      List<DeadLetter> letters = driver.deadLetters();

      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).getReason()).isEqualTo("MALFORMED_FEATURES");
      assertThat(letters.get(0).getSourceTopic()).isEqualTo("support");
    }
  }

  @Test
  void shouldRefuseAPrefixThatIsThere() {
    Topology topology = new Topology();
    HyperFlowConfig config = HyperFlowConfig.of(HyperFlowTestDriver.settings(BUNDLE));
    try (HyperFlowNodes nodes = HyperFlow.addTo(topology, config, "routing")) {
      assertThatThrownBy(() -> HyperFlow.addTo(topology, config, "routing"))
          .isInstanceOf(TopologyException.class)
          .hasMessageContaining("routing-support");
      assertThatThrownBy(() -> HyperFlow.addTo(topology, config, "not a name"))
          .isInstanceOf(TopologyException.class);
      assertThat(nodes.engine()).isEqualTo("routing-engine");
    }
  }

  @Test
  void shouldRefuseToFollowControlRecords() {
    Map<String, String> settings = HyperFlowTestDriver.settings(BUNDLE);
    settings.put("topics.bundles", "bundles");

    assertThatThrownBy(
            () -> HyperFlow.addTo(new Topology(), HyperFlowConfig.of(settings), "routing"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("topics.bundles: expected none in an embedded topology");
  }

  @Test
  void shouldNotRunWithAHandlerThatLosesRecords() {
    HyperFlowConfig config = HyperFlowConfig.of(HyperFlowTestDriver.settings(BUNDLE));
    Topology topology = new Topology();
    Properties settings = HyperFlow.streamsConfig(config);
    settings.put(
        "processing.exception.handler", LogAndContinueProcessingExceptionHandler.class.getName());
    try (HyperFlowNodes nodes = HyperFlow.addTo(topology, config, "routing")) {
      assertThat(nodes.engine()).isEqualTo("routing-engine");
      assertThatThrownBy(() -> new TopologyTestDriver(topology, settings).close())
          .isInstanceOf(StreamsException.class)
          .hasRootCauseInstanceOf(StartupException.class)
          .hasStackTraceContaining("processing.exception.handler: expected the handler of");
    }
  }

  static List<Float> vector(int hot) {
    Float[] values = new Float[384];
    java.util.Arrays.fill(values, 0f);
    values[hot] = 1f;
    return List.of(values);
  }

  private static Map<String, String> settingsOf(String prefix) {
    Map<String, String> settings = HyperFlowTestDriver.settings(BUNDLE);
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + topic, prefix + "." + topic);
    }
    return settings;
  }

  private static final class LabelOnly
      extends ContextualProcessor<String, Prediction, String, String> {
    @Override
    public void process(Record<String, Prediction> record) {
      context().forward(record.withValue(record.value().getLabel()));
    }
  }
}
