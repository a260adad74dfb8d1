package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.DirectProducer;
import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import dev.hyperflow.events.Prediction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Asks through the topics at a steady rate. For use by one thread. */
final class TopicAsker {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final WarmTenants warm;
  private final PredictionFeed feed;
  private final DirectProducer producer;
  private int run;

  TopicAsker(WarmTenants warm, PredictionFeed feed, DirectProducer producer) {
    this.warm = warm;
    this.feed = feed;
    this.producer = producer;
  }

  /**
   * Asks all queries.
   *
   * @param perSecond queries sent per second
   * @return how long it took from sending each to its committed prediction
   * @throws IllegalStateException when an answer is missing, or not from all examples
   */
  HttpScenario.Latency ask(List<Query> queries, double perSecond) {
    run++;
    Map<String, Long> sentAt = new HashMap<>();
    double[] millis = new double[queries.size()];
    int[] answered = {0};
    int sent = 0;
    long start = System.nanoTime();
    long progressAt = start;
    while (answered[0] < millis.length) {
      while (sent < millis.length && System.nanoTime() - start >= sent * 1e9 / perSecond) {
        String id = "run-%d-%d".formatted(run, sent);
        ProducerRecord<byte[], byte[]> record =
            queries.get(sent).record(warm.maker(), warm.ours().queries(), id);
        sentAt.put(id, System.nanoTime());
        producer.send(record);
        sent++;
      }
      int before = answered[0];
      feed.pollRecords(
          found -> {
            long now = System.nanoTime();
            Long at = sentAt.remove(checked(found).getQueryId());
            if (at != null) {
              millis[answered[0]++] = (now - at) / 1e6;
            }
          });
      long now = System.nanoTime();
      progressAt = answered[0] > before ? now : progressAt;
      if (now - progressAt > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "expected %d answers through the topics, found %d after a minute without one"
                .formatted(millis.length, answered[0]));
      }
    }
    return HttpScenario.Latency.of(millis);
  }

  private Prediction checked(ConsumerRecord<byte[], byte[]> found) {
    Prediction prediction = (Prediction) warm.maker().read(found.topic(), found.value());
    if (prediction.getSupportCount() != warm.examples()) {
      throw new IllegalStateException(
          "expected an answer from %d examples, found %d"
              .formatted(warm.examples(), prediction.getSupportCount()));
    }
    return prediction;
  }
}
