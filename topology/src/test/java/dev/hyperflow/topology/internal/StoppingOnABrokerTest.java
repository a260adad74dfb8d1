package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How an application leaves its group, and what it says when it was driven out. */
@Timeout(120)
class StoppingOnABrokerTest {
  private static final String LONG_SESSION = "45000";
  private static final Duration WELL_BEFORE_THE_SESSION_ENDS = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void shouldLeaveTheGroupSoThatTheNextStartNeedNotWait() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      RunningApplication first = start(fixture, 0);
      RunningApplication second = start(fixture, 1);
      fixture.teach();
      fixture.ask(0, 10);
      fixture.awaitPredictions(10);

      // When one stops, the other answers all
      second.close();
      long left = System.nanoTime();
      fixture.ask(10, 20);
      fixture.awaitPredictions(20);
      assertThat(since(left)).isLessThan(WELL_BEFORE_THE_SESSION_ENDS);

      // And when that stops, too, the next one begins at once
      first.close();
      assertThat(members(fixture)).isZero();
      long stopped = System.nanoTime();
      fixture.ask(20, 30);
      try (RunningApplication next = start(fixture, 0)) {
        fixture.awaitPredictions(30);
        assertThat(next.trouble()).isEmpty();
      }
      assertThat(since(stopped)).isLessThan(WELL_BEFORE_THE_SESSION_ENDS);
    }
  }

  @Test
  void shouldStartWithoutWarningsOfKafkaThatAskForNothing() throws Exception {
    // Given
    Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    kafka.addAppender(lines);
    Level before = kafka.getLevel();
    kafka.setLevel(Level.WARN);
    try (BrokerFixture fixture = fixture()) {
      // When
      start(fixture, 0).close();
      start(fixture, 0).close();
    } finally {
      kafka.setLevel(before);
      kafka.detachAppender(lines);
    }

    // Then nothing but that tests keep their state where a system may delete it
    assertThat(lines.list)
        .filteredOn(line -> line.getThreadName().equals(Thread.currentThread().getName()))
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> !line.startsWith("Using an OS temp directory"))
        .isEmpty();
  }

  @Test
  void shouldKeepThePlaceOfAStaticMember() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      fixture.set("kafka.group.instance.id", "pod");
      RunningApplication app = start(fixture, 0);
      assertThat(members(fixture)).isEqualTo(1);

      app.close();

      assertThat(members(fixture)).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseTheSecondProcessOfOneStaticIdAndLeaveTheFirstAlone() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      fixture.set("kafka.group.instance.id", "pod");
      fixture.set("kafka.consumer.session.timeout.ms", "1500");
      fixture.set("kafka.consumer.heartbeat.interval.ms", "300");
      try (RunningApplication first = start(fixture, 0)) {
        assertThatThrownBy(() -> RunningApplication.start(fixture.config(1)))
            .isInstanceOf(StartupException.class)
            .hasMessageStartingWith(
                "kafka.group.instance.id: expected one that no other process has, found 'pod' in"
                    + " use by client '"
                    + fixture.applicationId())
            .hasMessageEndingWith("Give each instance its own")
            .hasMessageNotContaining("\n");

        fixture.teach();
        fixture.ask(0, 2);
        fixture.awaitPredictions(2);
        assertThat(first.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldWaitForTheSessionOfAnInstanceThatLostItsDirectory() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      fixture.set("kafka.group.instance.id", "pod");
      fixture.set("kafka.consumer.session.timeout.ms", "4000");
      start(fixture, 0).close();
      assertThat(members(fixture)).isEqualTo(1);

      try (RunningApplication elsewhere = start(fixture, 1)) {
        assertThat(elsewhere.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldNotWaitWhenAStaticMemberComesBack() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      fixture.set("kafka.group.instance.id", "pod");
      start(fixture, 0).close();

      long stopped = System.nanoTime();
      start(fixture, 0).close();

      assertThat(since(stopped)).isLessThan(WELL_BEFORE_THE_SESSION_ENDS);
    }
  }

  @Test
  void shouldNameTheSecondProcessOfOneStaticIdWhenBothStartTogether() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      fixture.set("kafka.group.instance.id", "pod");
      try (RunningApplication first = start(fixture, 1)) {
        fixture.start(); // as one does whose check saw nobody

        BrokerFixture.await(() -> first.failure().isPresent());
        assertThat(first.ending().orElseThrow())
            .startsWith("FencedInstanceIdException: ")
            .endsWith("same kafka.group.instance.id: give each its own")
            .doesNotContain("\n");
      }
    }
  }

  @Test
  void shouldNameAConsumerThatUsesTheApplicationsIdAsItsGroup() throws Exception {
    try (BrokerFixture fixture = fixture();
        Admin admin = TestBroker.admin();
        Consumer<byte[], byte[]> foreign =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    TestBroker.bootstrapServers(),
                    "group.id",
                    fixture.applicationId()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      admin.createTopics(List.of(new NewTopic(fixture.topic("foreign"), 1, (short) 1))).all().get();
      foreign.subscribe(List.of(fixture.topic("foreign")));
      BrokerFixture.await(
          () -> {
            foreign.poll(Duration.ofMillis(50));
            return !foreign.assignment().isEmpty();
          });
      try (RunningApplication app = RunningApplication.start(fixture.config(0))) {
        BrokerFixture.await(
            () -> {
              foreign.poll(Duration.ofMillis(50));
              return app.failure().isPresent();
            });

        assertThat(app.ending().orElseThrow())
            .startsWith("InconsistentGroupProtocolException: ")
            .contains("Another consumer uses the application's id as its group");
        assertThat(app.trouble()).isEqualTo(app.ending());
      }
    }
  }

  @Test
  void shouldGoOnWithNewThreadsWhenTheClockWasSetBack() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      try (RunningApplication app = start(fixture, 0)) {
        fixture.teach();
        fixture.ask(0, 10);
        fixture.awaitPredictions(10);

        app.clockWasSet(Duration.ofHours(-2));
        fixture.ask(10, 20);

        assertThat(fixture.awaitPredictions(20)).hasSize(20);
        assertThat(app.failure()).isEmpty();
        assertThat(app.trouble()).isEmpty();
      }
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static int members(BrokerFixture fixture) throws Exception {
    try (Admin admin = TestBroker.admin()) {
      return admin
          .describeConsumerGroups(List.of(fixture.applicationId()))
          .all()
          .get()
          .get(fixture.applicationId())
          .members()
          .size();
    }
  }

  private BrokerFixture fixture() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("bundle", TestBundles.write(directory, "bundle"));
    settings.put("batch.linger.ms", "5");
    BrokerFixture fixture = new BrokerFixture(directory, settings);
    fixture.set("kafka.consumer.session.timeout.ms", LONG_SESSION);
    fixture.set("kafka.consumer.heartbeat.interval.ms", "1000");
    return fixture;
  }

  private static RunningApplication start(BrokerFixture fixture, int instance)
      throws InterruptedException {
    RunningApplication app = RunningApplication.start(fixture.config(instance));
    assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
    return app;
  }
}
