package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.PredictionFeed;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Queries that are sent at a steady rate, however long the answers take.
 *
 * @param queries how many
 * @param perSecond how many of them a second
 */
record SteadyLoad(int queries, double perSecond) {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /**
   * Sends them, and looks at what comes, until all are answered.
   *
   * @param feed gives the answers
   * @param send sends the query of a number from 0
   * @param isAnswer whether a record that came answers one of them
   * @throws IllegalStateException when nothing comes for a minute
   */
  void run(
      PredictionFeed feed, IntConsumer send, Predicate<ConsumerRecord<byte[], byte[]>> isAnswer) {
    int sent = 0;
    int[] answered = {0};
    long start = System.nanoTime();
    long progressAt = start;
    while (answered[0] < queries) {
      while (sent < queries && System.nanoTime() - start >= sent * 1e9 / perSecond) {
        send.accept(sent++);
      }
      int before = answered[0];
      feed.pollRecords(record -> answered[0] += isAnswer.test(record) ? 1 : 0);
      long now = System.nanoTime();
      progressAt = answered[0] > before ? now : progressAt;
      if (now - progressAt > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "expected %d answers, found %d after a minute without one"
                .formatted(queries, answered[0]));
      }
    }
  }
}
