package dev.hyperflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.models.Golden;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.testing.HyperFlowTestDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersonalizeTest {
  private final Map<String, String> settings =
      HyperFlowTestDriver.settings(
          Map.of("bundle", "classpath:bundles/minilm-analytic-v0", "topics.heads", "heads"));
  private HyperFlowTestDriver driver;

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void shouldDrawOneSubTopology() {
    Golden.assertGolden(
        "personalized-stream.txt",
        topologyOfTwoTopics().describe().toString(),
        "names of stores are names of the changelog topics of embedding applications");
  }

  @Test
  void shouldAnswerAsTheTopologyDoes() {
    driver = HyperFlowTestDriver.of(topologyOfTwoTopics(), settings);
    driver.teach("t", "e1", "red", HyperFlowTest.vector(0));
    driver.teach("t", "e2", "blue", HyperFlowTest.vector(1));
    Prediction inStream = driver.ask("t", "q", HyperFlowTest.vector(1));

    try (HyperFlowTestDriver topology =
        HyperFlowTestDriver.open(Map.of("bundle", settings.get("bundle")))) {
      topology.teach("t", "e1", "red", HyperFlowTest.vector(0));
      topology.teach("t", "e2", "blue", HyperFlowTest.vector(1));
      assertThat(inStream).isEqualTo(topology.ask("t", "q", HyperFlowTest.vector(1)));
    }
    assertThat(inStream.getLabel()).isEqualTo("blue");
  }

  @Test
  void shouldForgetATenantAtANullLabel() {
    driver = HyperFlowTestDriver.of(topologyOfTwoTopics(), settings);
    driver.teach("t", "e1", "red", HyperFlowTest.vector(0));
    driver.send("t", (SupportEvent) null);

    assertThat(driver.ask("t", "q", HyperFlowTest.vector(0)).getStatus())
        .isEqualTo(PredictionStatus.NO_LABELS);
  }

  @Test
  void shouldSendRefusedRecordsWithTheirBytesToTheDeadLetters() {
    driver = HyperFlowTestDriver.of(topologyOfTwoTopics(), settings);
    driver.teach("t", "e1", "red", List.of());
    driver.send("t", (QueryEvent) null);
    driver.send(null, query("q", HyperFlowTest.vector(0)));
    driver.send("t", query("", HyperFlowTest.vector(0)));

    List<DeadLetter> letters = driver.deadLetters();

    assertThat(letters)
        .extracting(DeadLetter::getReason)
        .containsExactly("MALFORMED_FEATURES", "NULL_VALUE", "NULL_KEY", "MISSING_FIELD");
    assertThat(letters)
        .extracting(DeadLetter::getSourceTopic)
        .containsExactly("support", "queries", "queries", "queries");
    assertThat(serde().deserializer().deserialize("support", bytes(letters.get(0))))
        .isInstanceOf(SupportEvent.class);
    assertThat(serde().deserializer().deserialize("queries", bytes(letters.get(3))))
        .isEqualTo(query("", HyperFlowTest.vector(0)));
  }

  @Test
  void shouldSendARecordThatCannotBeWrittenToTheDeadLetters() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, SupportEvent> labels =
        builder.stream("support", Consumed.with(Serdes.String(), serde()));
    KStream<String, QueryEvent> queries =
        builder.<String, QueryEvent>stream("queries", Consumed.with(Serdes.String(), serde()))
            .mapValues(query -> new QueryEvent(null, query.getPayload()), Named.as("without-id"));
    personalize(labels, queries);
    driver = HyperFlowTestDriver.of(builder.build(), settings);
    driver.send("t", query("q", HyperFlowTest.vector(0)));

    List<DeadLetter> letters = driver.deadLetters();

    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getReason()).isEqualTo("UNDECODABLE");
    assertThat(letters.get(0).getMessage()).startsWith("value: expected a complete record");
    assertThat(driver.predictions()).isEmpty();
  }

  @Test
  void shouldRefuseAKeyThatOtherTenantsWouldShare() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, SupportEvent> labels =
        builder.stream("support", Consumed.with(Serdes.String(), serde()));
    KStream<String, QueryEvent> queries =
        builder.<String, QueryEvent>stream("queries", Consumed.with(Serdes.String(), serde()))
            .selectKey((tenant, query) -> "a\uD800", Named.as("half-a-pair"));
    personalize(labels, queries);
    driver = HyperFlowTestDriver.of(builder.build(), settings);
    driver.teach("a?", "e", "red", HyperFlowTest.vector(0));
    driver.send("a", query("q", HyperFlowTest.vector(0)));

    assertThat(driver.deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly("UNDECODABLE_KEY");
    assertThat(driver.predictions()).isEmpty();
  }

  @Test
  void shouldTakeBothKindsFromOneStreamAndWaitForABatch() {
    settings.put("batch.size", "8");
    settings.put("batch.linger.ms", "100");
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, SpecificRecord> mixed =
        builder.stream(List.of("support", "queries"), Consumed.with(Serdes.String(), serde()));
    KStream<String, SupportEvent> labels =
        mixed
            .filter((key, value) -> value instanceof SupportEvent, Named.as("labels"))
            .mapValues(SupportEvent.class::cast, Named.as("as-labels"));
    KStream<String, QueryEvent> queries =
        mixed
            .filter((key, value) -> value instanceof QueryEvent, Named.as("questions"))
            .mapValues(QueryEvent.class::cast, Named.as("as-questions"));
    personalize(labels, queries);
    driver = HyperFlowTestDriver.of(builder.build(), settings);
    driver.teach("t", "e1", "red", HyperFlowTest.vector(0));
    driver.send("t", query("q", HyperFlowTest.vector(0)));

    assertThat(driver.driver().getKeyValueStore("routing-inbox").approximateNumEntries())
        .isEqualTo(2);
    driver.driver().advanceWallClockTime(Duration.ofMillis(100));
    List<TestRecord<String, Prediction>> answers = driver.predictions();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).key()).isEqualTo("t");
    assertThat(answers.get(0).value().getLabel()).isEqualTo("red");
  }

  private Topology topologyOfTwoTopics() {
    StreamsBuilder builder = new StreamsBuilder();
    personalize(
        builder.stream("support", Consumed.with(Serdes.String(), serde())),
        builder.stream("queries", Consumed.with(Serdes.String(), serde())));
    return builder.build();
  }

  private void personalize(
      KStream<String, SupportEvent> labels, KStream<String, QueryEvent> queries) {
    HyperFlow.personalize(labels, queries, HyperFlowConfig.of(settings), Named.as("routing"))
        .to("predictions", Produced.with(Serdes.String(), serde()));
  }

  private static QueryEvent query(String id, List<Float> features) {
    return QueryEvent.newBuilder().setQueryId(id).setPayload(new FeaturesPayload(features)).build();
  }

  private <T extends SpecificRecord> SpecificAvroSerde<T> serde() {
    SpecificAvroSerde<T> serde = new SpecificAvroSerde<>();
    serde.configure(settings, false);
    return serde;
  }

  private static byte[] bytes(DeadLetter letter) {
    byte[] bytes = new byte[letter.getValue().remaining()];
    letter.getValue().duplicate().get(bytes);
    return bytes;
  }
}
