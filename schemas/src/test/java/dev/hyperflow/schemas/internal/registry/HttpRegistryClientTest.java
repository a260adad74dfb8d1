package dev.hyperflow.schemas.internal.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.schemas.internal.registry.ScriptedRegistry.Request;
import dev.hyperflow.schemas.serde.GenericAvroDeserializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryClientTest {
  private static final Schema STRING = Schema.create(Schema.Type.STRING);
  private static final String FOUND = "{\"schema\":\"\\\"string\\\"\"}";
  private static final String DEAD = "http://127.0.0.1:1";

  private static final String REFERENCE = "{'name':'a.In','subject':'in','version':3}";

  private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"no\"}";

  private final AtomicLong nanoTime = new AtomicLong();
  private final List<Long> pauses = new ArrayList<>();
  private final ScriptedRegistry server = new ScriptedRegistry();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldSendPlainTextAndConfluentsContentType() {
    server.reply(200, "{\"id\":7}");

    assertThat(client().register("a/b", STRING)).isEqualTo(7);

    assertThat(server.requests())
        .containsExactly(
            new Request(
                "POST",
                "/subjects/a%2Fb/versions",
                null,
                "application/vnd.schemaregistry.v1+json",
                "{\"schema\":\"\\\"string\\\"\"}"));
  }

  @Test
  void shouldAskTheNextUrlWhenOneDoesNotAnswerAndStayThere() {
    server.reply(200, FOUND);
    RegistryClient client = client("schema.registry.url", DEAD + "," + server.url());

    assertThat(client.schemaById(1)).isEqualTo(STRING);
    client.schemaById(2);

    assertThat(server.requests()).hasSize(2);
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldAskTheNextUrlWhenOneIsBroken() {
    try (ScriptedRegistry broken = new ScriptedRegistry()) {
      broken.reply(500, "oops");
      server.reply(200, FOUND);

      client("schema.registry.url", broken.url() + "," + server.url()).schemaById(1);

      assertThat(broken.requests()).hasSize(1);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void shouldTryAgainAfter503And429() {
    server.reply(503, "busy").reply(429, "slow down").reply(200, FOUND);

    assertThat(client("retries.wait.ms", "100").schemaById(1)).isEqualTo(STRING);

    assertThat(server.requests()).hasSize(3);
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(50L, 100L);
    assertThat(pauses.get(1)).isBetween(100L, 200L);
  }

  @Test
  void shouldGiveUpAfterTheLastRetry() {
    server.reply(503, "busy");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client("max.retries", "2").schemaById(1))
        .matches(e -> e.retryable() && e.status() == 503)
        .withMessageContaining("GET " + server.url() + "/schemas/ids/1")
        .withMessageContaining("busy");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void shouldNameEveryUrlWhenNoneAnswers() {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(
            () ->
                client("schema.registry.url", DEAD + ",http://127.0.0.1:2", "max.retries", "1")
                    .ping())
        .matches(e -> e.retryable() && e.status() == 0)
        .withMessageContaining(DEAD)
        .withMessageContaining("http://127.0.0.1:2")
        .withMessageContaining("does not answer");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void shouldNotTryAgainAfterARefusal() {
    server.reply(422, "{\"error_code\":42201,\"message\":\"Invalid schema\"}");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client().register("s", STRING))
        .matches(e -> !e.retryable() && e.status() == 422 && e.errorCode() == 42201)
        .withMessageContaining("Invalid schema");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldSayWhenItIsNoRegistryAtAll() {
    server.reply(200, "<html>hello</html>");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client().ping())
        .matches(e -> !e.retryable())
        .withMessageContaining("expected an answer of a schema registry");
  }

  @Test
  void shouldSendBasicCredentialsAndNeverShowThem() {
    server.reply(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
    RegistryClient client =
        client("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:s3cret");

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(client::ping)
        .satisfies(HttpRegistryClientTest::assertNoSecret);
    // ann:s3cret in Base64
    assertThat(server.requests().get(0).authorization()).isEqualTo("Basic YW5uOnMzY3JldA==");
  }

  @Test
  void shouldTakeCredentialsFromTheUrlAndNeverShowThem() {
    server.reply(503, "busy");
    String withUser = server.url().replace("//", "//ann:s3cret@") + "," + DEAD;

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> client("schema.registry.url", withUser, "max.retries", "0").ping())
        .satisfies(HttpRegistryClientTest::assertNoSecret);
    assertThat(server.requests().get(0).authorization()).isEqualTo("Basic YW5uOnMzY3JldA==");
  }

  @Test
  void shouldSendABearerToken() {
    server.reply(200, "[]");

    client("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken").ping();

    assertThat(server.requests().get(0).authorization()).isEqualTo("Bearer t0ken");
  }

  @Test
  void shouldAskTheNextUrlForAnIdThatAReplicaDoesNotKnowYet() {
    try (ScriptedRegistry lagging = new ScriptedRegistry()) {
      lagging.reply(404, UNKNOWN);
      server.reply(200, FOUND);

      Schema found =
          client("schema.registry.url", lagging.url() + "," + server.url()).schemaById(7);

      assertThat(found).isEqualTo(STRING);
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void shouldWaitOnceForAnIdThatNobodyKnowsYet() {
    server.reply(404, UNKNOWN).reply(200, FOUND);

    assertThat(client().schemaById(7)).isEqualTo(STRING);

    assertThat(pauses).hasSize(1);
  }

  @Test
  void shouldNotWaitAgainForAnIdThatStaysUnknown() {
    server.reply(404, UNKNOWN);
    RegistryClient client = client();
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> client.schemaById(7))
          .matches(e -> e.is(RegistryError.SCHEMA_NOT_FOUND) && !e.retryable());
    }
    assertThat(pauses).hasSize(1);

    // When time has passed
    nanoTime.addAndGet(MissingIds.KEPT_NANOS + 1);
    assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.schemaById(7));

    assertThat(pauses).hasSize(2);
  }

  @Test
  void shouldNotWaitForEachOfVeryManyUnknownIds() {
    server.reply(404, UNKNOWN);
    RegistryClient client = client();

    for (int id = 0; id < 3 * MissingIds.MAX_ENTRIES; id++) {
      int unknown = id;
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> client.schemaById(unknown));
    }

    assertThat(pauses).hasSize(MissingIds.MAX_ENTRIES);
  }

  @Test
  void shouldTryAgainWhenOneUrlDoesNotKnowAnIdAndAnotherCannotAnswer() {
    try (ScriptedRegistry lagging = new ScriptedRegistry()) {
      lagging.reply(404, UNKNOWN);
      server.reply(503, "busy").reply(200, FOUND);

      Schema found =
          client("schema.registry.url", server.url() + "," + lagging.url()).schemaById(7);

      assertThat(found).isEqualTo(STRING);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void shouldNameTheRulesThatItDoesNotFollow(Consumer<RegistryClient> call) {
    server.reply(
        200,
        """
        {"id":1,"version":1,"schema":"\\"string\\"","ruleSet":{"migrationRules":[],
         "domainRules":[{"name":"encrypt-pii","type":"ENCRYPT"}]}}
        """);

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> call.accept(client()))
        .matches(e -> e.is(RegistryError.INVALID_SCHEMA))
        .withMessageContaining("found ruleSet encrypt-pii");
  }

  static List<Consumer<RegistryClient>> calls() {
    return List.of(
        client -> client.schemaById(1),
        client -> client.latest("s"),
        client -> client.idOf("s", STRING),
        client -> client.register("s", STRING));
  }

  @Test
  void shouldTakeARuleSetWithoutRules() {
    server.reply(
        200,
        """
        {"schema":"\\"string\\"","ruleSet":{"migrationRules":[],"domainRules":[]}}
        """);

    assertThat(client().schemaById(1)).isEqualTo(STRING);
  }

  @Test
  void shouldReadASchemaWithThoseItRefersTo() {
    String inner = "{'type':'record','name':'a.In','fields':[{'name':'x','type':'a.Deep'}]}";
    String deep = "{'type':'enum','name':'a.Deep','symbols':['A']}";
    String outer = "{'type':'record','name':'a.Out','fields':[{'name':'in','type':'a.In'}]}";
    server
        .reply(200, answer(outer, REFERENCE))
        .reply(200, answer(inner, "{'name':'a.Deep','subject':'deep','version':1}"))
        .reply(200, answer(deep, ""));

    Schema found = client().schemaById(1);

    assertThat(found.getFullName()).isEqualTo("a.Out");
    assertThat(found.getField("in").schema().getField("x").schema().getFullName())
        .isEqualTo("a.Deep");
    assertThat(server.requests())
        .extracting(Request::path)
        .containsExactly(
            "/schemas/ids/1",
            "/subjects/in/versions/3?deleted=true",
            "/subjects/deep/versions/1?deleted=true");
  }

  @ParameterizedTest
  @ValueSource(ints = {40401, 40402})
  void shouldBlameTheRecordWhereItsSchemaRefersToOneThatIsGone(int code) {
    server
        .reply(200, answer("{'type':'record','name':'a.Out','fields':[]}", REFERENCE))
        .reply(404, "{\"error_code\":%d,\"message\":\"not found\"}".formatted(code));
    GenericAvroDeserializer values = new GenericAvroDeserializer();
    values.configure(Map.of("schema.registry.url", server.url(), "retries.wait.ms", 1), false);

    assertThatThrownBy(() -> values.deserialize("topic", new byte[5]))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("/subjects/in/versions/3")
        .hasMessageContaining("error code " + code);
  }

  @Test
  void shouldEndWhereReferencesGoInACircle() {
    String itself = "{'name':'a','subject':'a','version':1}";
    server.reply(200, answer("{'type':'enum','name':'a','symbols':['A']}", itself));

    assertThat(client().schemaById(1).getFullName()).isEqualTo("a");

    assertThat(server.requests()).hasSize(2);
  }

  private static String answer(String schema, String references) {
    String quoted = schema.replace("'", "\\\"");
    return "{\"schema\":\"%s\",\"references\":[%s]}"
        .formatted(quoted, references.replace('\'', '"'));
  }

  @Test
  void shouldAskByGuid() {
    server.reply(200, FOUND);
    UUID guid = new UUID(1, 2);
    RegistryClient caching = new CachingRegistryClient(client(), 10);

    assertThat(caching.schemaByGuid(guid)).isEqualTo(STRING);
    caching.schemaByGuid(guid);

    assertThat(server.requests())
        .extracting(Request::path)
        .containsExactly("/schemas/guids/" + guid);
  }

  @Test
  void shouldAskForTheNormalFormWhereConfigured() {
    server.reply(200, "{\"id\":7}");
    RegistryClient client =
        new HttpRegistryClient(new RegistryTransport(settings(), pauses::add, nanoTime::get), true);

    client.register("s", STRING);
    client.idOf("s", STRING);

    assertThat(server.requests())
        .extracting(Request::path)
        .containsExactly("/subjects/s/versions?normalize=true", "/subjects/s?normalize=true");
  }

  @Test
  void shouldSendTheHeadersThatAreConfigured() throws IOException {
    try (HeaderEcho echo = new HeaderEcho()) {
      client(
              "schema.registry.url", echo.url(),
              "request.header.X-Team", "routing",
              "schema.registry.request.header.X-Site", "north",
              "bearer.auth.credentials.source", "STATIC_TOKEN",
              "bearer.auth.token", "t0ken",
              "bearer.auth.logical.cluster", "lsrc-1",
              "bearer.auth.identity.pool.id", "pool-2")
          .ping();

      assertThat(echo.headers())
          .containsEntry("X-team", "routing")
          .containsEntry("X-site", "north")
          .containsEntry("Target-sr-cluster", "lsrc-1")
          .containsEntry("Confluent-identity-pool-id", "pool-2");
    }
  }

  @Test
  void shouldGoThroughAProxy() {
    server.reply(200, "[]");
    String proxy = server.url().substring("http://".length());

    client(
            "schema.registry.url", "http://registry.invalid:8081",
            "proxy.host", proxy.substring(0, proxy.indexOf(':')),
            "proxy.port", proxy.substring(proxy.indexOf(':') + 1))
        .ping();

    assertThat(server.requests().get(0).path())
        .isEqualTo("http://registry.invalid:8081/schemas/types");
  }

  @Test
  void shouldAskOnceForWhatNeverChanges() {
    server.reply(200, "{\"id\":7}").reply(200, FOUND);
    RegistryClient caching = new CachingRegistryClient(client(), 10);

    for (int i = 0; i < 3; i++) {
      assertThat(caching.register("s", STRING)).isEqualTo(7);
      assertThat(caching.idOf("s", STRING)).isEqualTo(7);
      assertThat(caching.schemaById(7)).isEqualTo(STRING);
    }

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldNotRememberFailures() {
    server.reply(404, UNKNOWN).reply(404, UNKNOWN).reply(200, FOUND);
    RegistryClient caching = new CachingRegistryClient(client(), 10);

    assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> caching.schemaById(7));

    assertThat(caching.schemaById(7)).isEqualTo(STRING);
  }

  @Test
  void shouldKeepNoMoreThanTheCacheHolds() {
    server.reply(200, FOUND);
    RegistryClient caching = new CachingRegistryClient(client(), 2);
    for (int id : new int[] {1, 2, 3, 3, 2}) {
      caching.schemaById(id);
    }
    assertThat(server.requests()).hasSize(3);

    // When the one that had to go is asked for again
    caching.schemaById(1);

    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void shouldShareOneClientBetweenEqualConfigurations() {
    Map<String, String> configs = Map.of("schema.registry.url", server.url());

    RegistryClient client = RegistryClient.create(configs);

    assertThat(RegistryClient.create(new HashMap<>(configs))).isSameAs(client);
    assertThat(
            RegistryClient.create(Map.of("schema.registry.url", server.url(), "max.retries", "9")))
        .isNotSameAs(client);
  }

  @Test
  void shouldNotWaitForeverForTheRestOfAnAnswer() throws IOException {
    // Given a registry that stops in the middle of its answer
    try (ServerSocket stalling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try {
                  Socket client = stalling.accept(); // closed with the process
                  client
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".getBytes(UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      answering.start();
      RegistryClient client =
          client(
              "schema.registry.url", "http://127.0.0.1:" + stalling.getLocalPort(),
              "http.connect.timeout.ms", "200",
              "http.read.timeout.ms", "200",
              "max.retries", "0");

      // When, then
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(client::ping)
          .withMessageContaining("no whole answer within 400 ms")
          .matches(RegistryException::retryable);
    }
  }

  @Test
  void shouldEndWhenInterrupted() {
    server.reply(503, "busy");
    RegistryTransport transport =
        new RegistryTransport(
            settings(),
            millis -> {
              throw new InterruptedException();
            },
            nanoTime::get);

    assertThatExceptionOfType(InterruptException.class)
        .isThrownBy(() -> new HttpRegistryClient(transport, false).ping());
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void assertNoSecret(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      assertThat(e.toString()).doesNotContain("s3cret").doesNotContain("YW5uOnMzY3JldA");
    }
  }

  private RegistryClient client(String... more) {
    return new HttpRegistryClient(
        new RegistryTransport(settings(more), pauses::add, nanoTime::get), false);
  }

  private RegistrySettings settings(String... more) {
    Map<String, Object> configs = new HashMap<>();
    configs.put("schema.registry.url", server.url());
    for (int i = 0; i < more.length; i += 2) {
      configs.put(more[i], more[i + 1]);
    }
    return RegistrySettings.of(configs);
  }
}
