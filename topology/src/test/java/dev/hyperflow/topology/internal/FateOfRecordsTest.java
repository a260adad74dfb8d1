package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly one thing becomes of every record, and the meters say which. */
class FateOfRecordsTest {
  private static final int RECORDS = 400;
  private static final byte[][] KEYS = {
    null,
    {},
    "t".getBytes(UTF_8),
    "u".getBytes(UTF_8),
    "u".getBytes(UTF_8),
    "t ".getBytes(UTF_8),
    "cafe\u0301".getBytes(UTF_8),
    {0, 0, 0, 0, 0, 0, 0, 42},
    {(byte) 0xC3, 0x28}
  };
  private static final String[] LABELS = {"red", "blue", "red ", "re\u200Bd", ""};
  private static final String[] IDS = {"e1", "e2", "e3 ", "", "e\0"};

  @TempDir Path stateDirectory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldAddUpForAnyRecords(long seed) {
    Random random = new Random(seed);
    try (TopologyFixture topology =
        new TopologyFixture(stateDirectory, Map.of("feedback.window.ms", "1000"))) {
      for (int i = 0; i < RECORDS; i++) {
        send(topology, random);
      }

      // Given that no record waits any more
      double answered = topology.total("hyperflow.answers");
      List<DeadLetter> letters = topology.deadLetters().stream().map(TestRecord::value).toList();

      // Then
      double applied = topology.total("hyperflow.events.applied");
      double ignored = topology.total("hyperflow.events.ignored");
      double refused = topology.total("hyperflow.dead.letters");
      assertThat(topology.total("hyperflow.records")).isEqualTo(RECORDS);
      assertThat(answered + applied + ignored + refused).isEqualTo(RECORDS);
      assertThat(topology.predictions()).hasSize((int) answered);
      assertThat(byReason(letters)).isEqualTo(counted(topology, "hyperflow.dead.letters"));
      assertThat(counted(topology, "hyperflow.events.ignored").keySet())
          .allMatch(reason -> Reason.valueOf(reason).fate() == Reason.Fate.IGNORED);
      assertThat(List.of(answered, applied, ignored, refused)).allMatch(count -> count > 0);
    }
  }

  private static void send(TopologyFixture topology, Random random) {
    byte[] key = KEYS[random.nextInt(KEYS.length)];
    if (random.nextInt(10) == 0) {
      byte[] garbage = new byte[random.nextInt(8)];
      random.nextBytes(garbage);
      (random.nextBoolean() ? topology.support : topology.queries).pipeInput(key, garbage);
    } else if (random.nextInt(3) == 0) {
      topology.queries.pipeInput(
          key,
          random.nextInt(10) == 0
              ? null
              : topology.bytes(
                  "queries",
                  TopologyFixture.queryOf(pick(IDS, random), random.nextFloat(), 0f, 0f, 1f)));
    } else {
      topology.support.pipeInput(
          key, random.nextInt(20) == 0 ? null : topology.bytes("support", support(random)));
    }
  }

  private static SupportEvent support(Random random) {
    SupportOperation[] operations = SupportOperation.values();
    SupportEvent event =
        TopologyFixture.example(
            pick(IDS, random), pick(LABELS, random), random.nextInt(3) * 1f, 0f, 0f, 1f);
    if (random.nextInt(3) == 0) {
      event.setOperation(operations[random.nextInt(operations.length)]);
    }
    event.setTargetEventId(random.nextBoolean() ? pick(IDS, random) : null);
    event.setQueryId(random.nextBoolean() ? pick(IDS, random) : null);
    event.setWeight(random.nextInt(10) == 0 ? -1f : 1f);
    event.setExpiresAtEpochMillis(random.nextInt(5) == 0 ? (Long) (long) random.nextInt(9) : null);
    if (random.nextInt(6) == 0) {
      event.setPayload(new TextPayload("\u200B"));
    }
    return event;
  }

  private static String pick(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  private static Map<String, Double> byReason(List<DeadLetter> letters) {
    return new TreeMap<>(
        letters.stream()
            .collect(
                Collectors.groupingBy(DeadLetter::getReason, Collectors.summingDouble(l -> 1))));
  }

  private static Map<String, Double> counted(TopologyFixture topology, String counter) {
    return new TreeMap<>(
        topology.meters.find(counter).counters().stream()
            .filter(one -> one.count() > 0)
            .collect(
                Collectors.groupingBy(
                    one -> one.getId().getTag("reason"),
                    Collectors.summingDouble(Counter::count))));
  }
}
