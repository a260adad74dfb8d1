package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry goes away while the application runs, and a record names a schema it alone has. */
@Timeout(180)
class RegistryOutageOnABrokerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "REFUSES,exactly_once_v2,auto",
    "HANGS,exactly_once_v2,auto",
    "PROXY_PAGE,at_least_once,gate"
  })
  void shouldLetThePartitionWaitThatNeedsTheRegistry(
      SwitchableRegistry.Mode away, String guarantee, String durability) throws Exception {
    try (SwitchableRegistry registry = new SwitchableRegistry();
        BrokerFixture fixture = fixture(registry, guarantee, durability)) {
      try (RunningApplication app = start(fixture)) {
        fixture.teach();
        fixture.ask(0, 10);
        fixture.awaitPredictions(10);

        // When the registry is away, and a record of tenant 1 needs it
        registry.turn(away);
        fixture.sendBytes("queries", 1, inANewSchema(registry, "q-late"));
        fixture.ask(10, 20);
        fixture.sendBytes("queries", 0, new byte[] {1});
        fixture.ask(20, 30);

        // Then tenant 0, on the same thread, is answered all the same
        Awaitility.await().atMost(SOON).until(() -> answered(fixture, "tenant-0").size() == 5 + 10);
        assertThat(answered(fixture, "tenant-1")).hasSize(5);
        assertThat(fixture.awaitDeadLetters(1)).hasSize(1); // the first one ever
        BrokerFixture.await(() -> app.trouble().isPresent());
        assertThat(app.trouble().orElseThrow())
            .startsWith("records of task 0_1 have waited ")
            .contains(registry.url());
        fixture.awaitCommitted("queries");
        assertThat(app.failure()).isEmpty();
      }

      // And nothing is lost by a restart: what waited is answered in its order once it answers
      registry.turn(SwitchableRegistry.Mode.ON);
      try (RunningApplication app = start(fixture)) {
        fixture.awaitPredictions(31);
        assertThat(answered(fixture, "tenant-1"))
            .hasSize(16)
            .startsWith("q1", "q3", "q5", "q7", "q9", "q-late", "q11");
        assertThat(answered(fixture, "tenant-0")).doesNotHaveDuplicates();
        BrokerFixture.await(() -> app.trouble().isEmpty());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"REFUSES", "HANGS", "PROXY_REFUSES"})
  void shouldGoOnByItselfWhenTheRegistryIsBack(SwitchableRegistry.Mode away) throws Exception {
    try (SwitchableRegistry registry = new SwitchableRegistry();
        BrokerFixture fixture = fixture(registry, "exactly_once_v2", "auto");
        RunningApplication app = start(fixture)) {
      fixture.teach();
      fixture.ask(0, 10);
      fixture.awaitPredictions(10);
      registry.turn(away);
      fixture.sendBytes("queries", 1, inANewSchema(registry, "q-late"));
      fixture.sendBytes("queries", 1, unknown());
      fixture.ask(10, 12);
      BrokerFixture.await(() -> app.trouble().isPresent());

      registry.turn(SwitchableRegistry.Mode.ON);

      fixture.awaitPredictions(13);
      assertThat(answered(fixture, "tenant-1"))
          .containsExactly("q1", "q3", "q5", "q7", "q9", "q-late", "q11");
      assertThat(fixture.letter(fixture.awaitDeadLetters(1).get(0)).getReason())
          .isEqualTo("UNDECODABLE");
      BrokerFixture.await(() -> app.trouble().isEmpty());
      assertThat(app.failure()).isEmpty();
    }
  }

  private static List<String> answered(BrokerFixture fixture, String tenant) {
    return fixture.predictions().stream()
        .filter(answer -> answer.tenant().equals(tenant))
        .map(BrokerFixture.Answered::queryId)
        .toList();
  }

  /** A query whose schema nobody has read yet. */
  private static byte[] inANewSchema(SwitchableRegistry registry, String queryId)
      throws IOException {
    String schema =
        QueryEvent.getClassSchema()
            .toString()
            .replaceFirst("\"name\":\"QueryEvent\"", "\"name\":\"QueryEvent\",\"doc\":\"new\"");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(registry.register(schema)).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<>(QueryEvent.class)
        .write(TopologyFixture.queryOf(queryId, 1f, 0.1f, 0f, 0f), encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static byte[] unknown() {
    return ByteBuffer.allocate(6).put((byte) 0).putInt(4_711).array();
  }

  private static RunningApplication start(BrokerFixture fixture) throws InterruptedException {
    RunningApplication app = RunningApplication.start(fixture.config(0));
    assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
    return app;
  }

  private BrokerFixture fixture(SwitchableRegistry registry, String guarantee, String durability)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("bundle", TestBundles.write(directory, "bundle"));
    settings.put("schema.registry.url", registry.url());
    settings.put("serde.class", SpecificAvroSerde.class.getName());
    settings.put("processing.guarantee", guarantee);
    settings.put("batch.durability", durability);
    settings.put("health.stalled.ms", "1000");
    settings.put("serde.http.read.timeout.ms", "1000");
    settings.put("serde.retries.wait.ms", "50");
    settings.put("batch.linger.ms", "5");
    return new BrokerFixture(directory, settings);
  }
}
