package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.DirectProducer;
import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import dev.hyperflow.events.Prediction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Asks through the topics at a steady rate. For use by one thread. */
final class TopicAsker {
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
    List<Double> millis = new ArrayList<>(queries.size());
    new SteadyLoad(queries.size(), perSecond)
        .run(
            feed,
            i -> {
              String id = "run-%d-%d".formatted(run, i);
              ProducerRecord<byte[], byte[]> record =
                  queries.get(i).record(warm.maker(), warm.ours().queries(), id);
              sentAt.put(id, System.nanoTime());
              producer.send(record);
            },
            found -> {
              long now = System.nanoTime();
              Long at = sentAt.remove(checked(found).getQueryId());
              return at != null && millis.add((now - at) / 1e6);
            });
    return HttpScenario.Latency.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
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
