package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.DirectProducer;
import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.report.Spread;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Predictions over HTTP, by clients that ask again as soon as they are answered. The same queries
 * then go through the topics at the rate that the clients reached.
 */
final class HttpScenario {
  private static final List<Integer> CLIENTS = List.of(1, 4, 16);

  /** Each query is asked one by one here, so a repetition takes fewer than in other scenarios. */
  private static final int RECORDS_SHARE = 50;

  private static final int TEXTS_SHARE = 2;

  private final BenchSettings settings;
  private final WarmTenants warm;
  private final Vectors vectors;
  private final Consumer<String> progress;

  HttpScenario(
      BenchSettings settings, WarmTenants warm, Vectors vectors, Consumer<String> progress) {
    this.settings = settings;
    this.warm = warm;
    this.vectors = vectors;
    this.progress = progress;
  }

  /**
   * How long answers took, milliseconds.
   *
   * @param median p50
   * @param high p99
   */
  record Latency(double median, double high) {
    static Latency of(double[] millis) {
      double[] sorted = millis.clone();
      Arrays.sort(sorted);
      return new Latency(Spread.percentile(sorted, 0.5), Spread.percentile(sorted, 0.99));
    }
  }

  /** A repetition, both sides. */
  private record Pair(double perSecond, Latency http, Latency topics) {}

  Section measure() {
    List<List<String>> rows = new ArrayList<>();
    List<String> results = new ArrayList<>();
    int texts = Math.max(1, settings.load().texts() / TEXTS_SHARE);
    int packed = Math.max(1, settings.load().records() / RECORDS_SHARE);
    List<String> samples = SampleTexts.of(texts);
    String servers = warm.platform().bootstrapServers();
    try (PredictionFeed feed = new PredictionFeed(servers, warm.ours().predictions());
        DirectProducer producer = new DirectProducer(servers, 0)) {
      TopicAsker topics = new TopicAsker(warm, feed, producer);
      for (int clients : CLIENTS) {
        measure("features", clients, queries(packed, false, samples), topics, rows, results);
      }
      for (int clients : CLIENTS) {
        measure("text", clients, queries(texts, true, samples), topics, rows, results);
      }
    }
    return new Section(
        "POST /predict compared with the same queries through the topics, %,d and %,d texts a repetition"
            .formatted(packed, texts),
        List.of(
            "",
            "clients",
            "queries/s",
            "HTTP p50 ms",
            "p99",
            "topics p50 ms",
            "p99",
            "topics/HTTP p50",
            "p99"),
        rows,
        results);
  }

  private List<Query> queries(int count, boolean text, List<String> samples) {
    int tenants = settings.load().tenants();
    List<Query> queries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      queries.add(
          text
              ? Query.ofText(i % tenants, samples.get(i))
              : Query.ofVector(i % tenants, i, vectors.get(i)));
    }
    return queries;
  }

  private void measure(
      String kind,
      int clients,
      List<Query> queries,
      TopicAsker topics,
      List<List<String>> rows,
      List<String> results) {
    List<Pair> pairs = new ArrayList<>();
    int warmups = settings.load().warmups();
    for (int i = 0; i < warmups + settings.load().repetitions(); i++) {
      progress.accept(
          "%s, %d clients, repetition %d%s"
              .formatted(kind, clients, i + 1, i < warmups ? " (to warm up)" : ""));
      HttpAsker.Answers http = HttpAsker.ask(warm, clients, queries);
      Latency throughTopics = topics.ask(queries, http.perSecond());
      if (i >= warmups) {
        pairs.add(new Pair(http.perSecond(), http.latency(), throughTopics));
      }
    }
    Spread median = spread(pairs, pair -> pair.topics().median() / pair.http().median());
    Spread high = spread(pairs, pair -> pair.topics().high() / pair.http().high());
    rows.add(
        List.of(
            kind,
            Integer.toString(clients),
            String.format(Locale.ROOT, "%,.0f", spread(pairs, Pair::perSecond).median()),
            millis(pairs, pair -> pair.http().median()),
            millis(pairs, pair -> pair.http().high()),
            millis(pairs, pair -> pair.topics().median()),
            millis(pairs, pair -> pair.topics().high()),
            median.decimals(),
            high.decimals()));
    results.add(
        "%s, %d clients: topics/HTTP p50 %s, p99 %s"
            .formatted(kind, clients, median.decimals(), high.decimals()));
  }

  private static Spread spread(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    return Spread.of(pairs.stream().mapToDouble(figure).toArray());
  }

  private static String millis(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    return String.format(Locale.ROOT, "%.1f", spread(pairs, figure).median());
  }
}
