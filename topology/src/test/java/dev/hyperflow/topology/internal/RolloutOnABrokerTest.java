package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.BundleAction;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.BrokerFixture.Answered;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole application, whose bundle is changed by control records while queries come in. */
@Timeout(300)
class RolloutOnABrokerTest {
  private static final int ROUND = 20;

  @TempDir Path directory;
  private String oldBundle;
  private String newBundle;

  @BeforeEach
  void writeBundles() throws Exception {
    oldBundle = TestBundles.write(directory, "old");
    newBundle = TestBundles.write(directory, "new");
  }

  /** Queries sent so far, and what to wait for before the next are. */
  private static final class Load {
    private final BrokerFixture app;
    private int sent;

    Load(BrokerFixture app) {
      this.app = app;
    }

    void ask() {
      app.ask(sent, sent + ROUND);
      sent += ROUND;
    }

    void round() {
      ask();
      app.awaitPredictions(sent);
    }

    /** Asks until the last of each tenant was answered by a bundle. */
    void untilAnsweredBy(String bundle) {
      BrokerFixture.await(
          () -> {
            round();
            List<String> bundles = bundles(app.predictions());
            return bundles.subList(bundles.size() - 2, bundles.size()).stream()
                .allMatch(bundle::equals);
          });
    }

    /** Asks until each of two instances has answered since it started. */
    void untilBothAnswer(RunningApplication one, RunningApplication other) {
      BrokerFixture.await(
          () -> {
            round();
            return Stream.of(one, other)
                .allMatch(app -> app.view().recorder().totals().answers() > 0);
          });
    }

    void assertAnsweredOnce() {
      assertThat(app.predictions())
          .extracting(Answered::queryId)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, sent).mapToObj(i -> "q" + i).toList());
    }
  }

  @Test
  void shouldSwitchAndGoBackUnderLoadAndAnswerEveryQueryOnce() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      Load load = new Load(fixture);
      try (RunningApplication app = start(fixture)) {
        // Given
        fixture.teach();
        load.untilAnsweredBy("old");

        // When in shadow, answers are the old one's
        control(fixture, BundleAction.SHADOW, newBundle, null);
        BrokerFixture.await(
            () -> {
              load.round();
              return app.view().recorder().shadow().agreed() > 0;
            });
        assertThat(bundles(fixture.predictions())).containsOnly("old");

        // When promoted, and gone back, and promoted again, with what is not for us between
        control(fixture, BundleAction.PROMOTE, null, null);
        load.untilAnsweredBy("new");
        control(fixture, BundleAction.ROLLBACK, null, null);
        load.untilAnsweredBy("old");
        control(fixture, BundleAction.PROMOTE, newBundle, "another-application");
        control(fixture, BundleAction.PROMOTE, directory.resolve("nowhere").toString(), null);
        garbage(fixture);
        control(fixture, BundleAction.PROMOTE, newBundle, fixture.applicationId());
        load.untilAnsweredBy("new");
      }

      // Then
      load.assertAnsweredOnce();
      for (int tenant = 0; tenant < BrokerFixture.PARTITIONS; tenant++) {
        String key = "tenant-" + tenant;
        assertThat(
                phases(
                    bundles(
                        fixture.predictions().stream()
                            .filter(answer -> answer.tenant().equals(key))
                            .toList())))
            .containsExactly("old", "new", "old", "new");
      }

      // And a restart serves the promoted one at once
      try (RunningApplication app = start(fixture)) {
        int before = load.sent;
        load.round();
        assertThat(app.isRunning()).isTrue();
        assertThat(bundles(fixture.predictions()))
            .filteredOn("new"::equals)
            .hasSizeGreaterThanOrEqualTo(ROUND);
        assertThat(
                fixture.predictions().stream()
                    .filter(answer -> number(answer) >= before)
                    .map(RolloutOnABrokerTest::bundle))
            .hasSize(ROUND)
            .containsOnly("new");
      }
    }
  }

  @Test
  void shouldSwitchOnEveryInstanceWhilePartitionsMove() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      fixture.set("stream.threads", "1"); // one task for each instance
      Load load = new Load(fixture);
      try (RunningApplication stays = start(fixture, 0)) {
        // Given two instances that share the tenants
        try (RunningApplication leaves = start(fixture, 1)) {
          fixture.teach();
          load.untilBothAnswer(stays, leaves);
          load.untilAnsweredBy("old");

          // When one leaves while the bundles change
          control(fixture, BundleAction.PROMOTE, newBundle, null);
          load.ask();
        }
        load.untilAnsweredBy("new");
        int switched = load.sent;

        // And comes back to a part of the tenants
        try (RunningApplication returned = start(fixture, 1)) {
          load.untilBothAnswer(stays, returned);

          // Then
          assertThat(fixture.predictions())
              .filteredOn(answer -> number(answer) >= switched)
              .extracting(RolloutOnABrokerTest::bundle)
              .containsOnly("new");

          // When both go back
          control(fixture, BundleAction.ROLLBACK, null, null);
          load.untilAnsweredBy("old");
        }
      }

      // Then
      load.assertAnsweredOnce();
    }
  }

  @Test
  void shouldMakeTheTopicWithOnePartitionAndRefuseOneWithMore() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      start(fixture).close();
      assertThat(TestBroker.partitions(fixture.topic("bundles"))).isEqualTo(1);
      assertThat(TestBroker.setting(fixture.topic("bundles"), "retention.ms")).isEqualTo("-1");
      assertThat(TestBroker.setting(fixture.topic("bundles"), "cleanup.policy"))
          .isEqualTo("delete");

      fixture.set("topics.bundles", fixture.topic("many"));
      TestBroker.createTopics(3, List.of(fixture.topic("many")));
      assertThatThrownBy(() -> start(fixture))
          .isInstanceOf(StartupException.class)
          .hasMessageMatching("topics.bundles: expected '.*-many' to have 1 partition.*found 3");
    }
  }

  private BrokerFixture fixture() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("bundle", oldBundle);
    settings.put("batch.linger.ms", "5");
    settings.put("background.tick.ms", "20");
    settings.put("stream.threads", "2"); // one for each task
    BrokerFixture fixture = new BrokerFixture(directory, settings);
    fixture.set("topics.bundles", fixture.topic("bundles"));
    return fixture;
  }

  private static RunningApplication start(BrokerFixture fixture) throws InterruptedException {
    return start(fixture, 0);
  }

  private static RunningApplication start(BrokerFixture fixture, int instance)
      throws InterruptedException {
    RunningApplication app = RunningApplication.start(fixture.config(instance));
    assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
    return app;
  }

  private static void control(
      BrokerFixture fixture, BundleAction action, String location, String applicationId) {
    fixture.send(
        "bundles",
        applicationId,
        BundleControl.newBuilder().setAction(action).setLocation(location).build());
  }

  private static void garbage(BrokerFixture fixture) {
    fixture.sendBytes("bundles", null, "what is this?".getBytes(UTF_8));
  }

  private static List<String> bundles(List<Answered> answers) {
    return answers.stream()
        .sorted(Comparator.comparingInt(RolloutOnABrokerTest::number))
        .map(RolloutOnABrokerTest::bundle)
        .toList();
  }

  private static int number(Answered answer) {
    return Integer.parseInt(answer.queryId().substring(1));
  }

  private static String bundle(Answered answer) {
    return answer.prediction().getBundleId().replaceAll("@.*", "");
  }

  /** The list without repetitions in a row. */
  private static List<String> phases(List<String> bundles) {
    List<String> phases = new ArrayList<>();
    for (String bundle : bundles) {
      if (phases.isEmpty() || !phases.get(phases.size() - 1).equals(bundle)) {
        phases.add(bundle);
      }
    }
    return phases;
  }
}
