package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.topology.internal.BrokerFixture.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine on which the waiting texts of one thread take longer than a transaction may. */
@Timeout(120)
class SlowCoreOnABrokerTest {
  private static final int QUERIES = 128;
  private static final Duration TIME_OF_A_TEXT = Duration.ofMillis(25);
  private static final String TRANSACTION_MILLIS = "1200";

  @TempDir Path directory;
  private final SlowEncoder encoder = new SlowEncoder();

  @ParameterizedTest
  @CsvSource({"inbox,exactly_once_v2", "gate,exactly_once_v2", "gate,at_least_once"})
  void shouldEncodeEveryTextOnceHoweverManyWait(String durability, String guarantee)
      throws Exception {
    Map<String, String> settings =
        Map.of(
            "batch.durability",
            durability,
            "processing.guarantee",
            guarantee,
            "kafka.commit.interval.ms",
            "100",
            "kafka.producer.transaction.timeout.ms",
            TRANSACTION_MILLIS);
    try (BrokerFixture app =
        new BrokerFixture(directory, settings, TopologyFixture.encoding(encoder))) {
      // Given texts that came while the application was away
      app.start();
      app.stop();
      app.askTexts(0, QUERIES);

      // When
      app.start();
      List<Answered> answers = app.awaitPredictions(QUERIES);

      // Then
      assertThat(answers)
          .extracting(Answered::queryId)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, QUERIES).mapToObj(i -> "q" + i).toList());
      assertThat(encoder.texts).hasSize(QUERIES).doesNotHaveDuplicates();
    }
  }

  /** Takes its time over every text, and remembers it. */
  private static final class SlowEncoder implements Encoder {
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String id() {
      return "slow";
    }

    @Override
    public int dimension() {
      return TopologyFixture.DIMENSION;
    }

    @Override
    public float[][] encode(List<String> given) {
      texts.addAll(given);
      long end = System.nanoTime() + given.size() * TIME_OF_A_TEXT.toNanos();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      float[][] vectors = new float[given.size()][dimension()];
      for (float[] vector : vectors) {
        vector[0] = 1;
      }
      return vectors;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
