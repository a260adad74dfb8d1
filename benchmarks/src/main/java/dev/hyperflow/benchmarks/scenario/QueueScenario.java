package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.ChangelogSize;
import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.report.Spread;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lists of remembered queries over HTTP, and what it costs to keep texts. The same text queries
 * go through an application that keeps them and one that does not.
 */
final class QueueScenario {
  /** What both applications are set to. */
  static final Map<String, String> REMEMBERING =
      Map.of("http.port", "0", "feedback.window.ms", "3600000");

  /** What the second one is set to. */
  static final Map<String, String> WITHOUT_TEXTS =
      Map.of("feedback.window.ms", "3600000", "memory.texts", "none");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RECORDS_SHARE = 10;
  private static final int REQUESTS = 100;
  private static final int OK = 200;
  private static final double MIDDLE = 0.5;
  private static final double HIGH = 0.99;

  private final BenchSettings settings;
  private final WarmTenants keeping;
  private final WarmTenants bare;
  private final Consumer<String> progress;
  private final HttpClient client = HttpClient.newHttpClient();
  private int sent;

  QueueScenario(
      BenchSettings settings, WarmTenants keeping, WarmTenants bare, Consumer<String> progress) {
    this.settings = settings;
    this.keeping = keeping;
    this.bare = bare;
    this.progress = progress;
  }

  Section measure() {
    int count = Math.max(1, settings.load().records() / RECORDS_SHARE);
    String ratio = texts();
    List<String> results = new ArrayList<>(List.of("texts kept/not kept, texts/s: " + ratio));
    results.add(bytes());
    if (sent < count) {
      progress.accept("remembering %,d queries".formatted(count));
      remember(SampleTexts.of(count - sent));
    }
    long all = Math.max(count, sent);
    List<List<String>> rows = new ArrayList<>();
    String ofAll = "api/v1/queries?limit=50";
    rows.add(row("all tenants, least certain first", ofAll, all));
    rows.add(row("all tenants, newest first", ofAll + "&sort=newest", all));
    rows.add(row("all tenants, part of a text", ofAll + "&text=refund", all));
    progress.accept("remembering %,d queries of one tenant".formatted(count));
    keeping
        .ours()
        .run(count, i -> keeping.maker().query(keeping.ours().queries(), 0, "packed-" + i, i));
    String ofOne = "api/v1/tenants/%s/queries?limit=50".formatted(PredictionFeed.tenant(0));
    rows.add(row("one tenant, least certain first", ofOne, count));
    rows.add(row("one tenant, disagreements", ofOne + "&filter=disagreements", count));
    return new Section(
        "Lists of %,d remembered queries over HTTP, %d requests each".formatted(count, REQUESTS),
        List.of("list", "remembered", "first ms", "p50 ms", "p99 ms"),
        rows,
        results);
  }

  /** The throughput of texts that are kept, relative to that of texts that are not. */
  private String texts() {
    List<String> texts = SampleTexts.of(settings.load().texts());
    Runs kept = new Runs("kept");
    Runs dropped = new Runs("not kept");
    for (int i = 1 - settings.load().warmups(); i <= settings.load().repetitions(); i++) {
      Repetition without = run(bare, texts, sent);
      Repetition with = remember(texts);
      progress.accept(
          "texts %d: kept %,.0f/s, not kept %,.0f/s"
              .formatted(i, with.perSecond(), without.perSecond()));
      if (i > 0) {
        kept.add(with);
        dropped.add(without);
      }
    }
    return kept.ratio(dropped, Repetition::perSecond).decimals();
  }

  private Repetition remember(List<String> texts) {
    Repetition repetition = run(keeping, texts, sent);
    sent += texts.size();
    return repetition;
  }

  private Repetition run(WarmTenants warm, List<String> texts, int from) {
    return warm.texts(texts, settings.load().tenants(), i -> "q-" + (from + i));
  }

  private String bytes() {
    double with = size(keeping);
    double without = size(bare);
    return String.format(
        Locale.ROOT,
        "bytes of a remembered query in the changelog: %,.0f with its text, %,.0f without, ratio"
            + " %.2f",
        with,
        without,
        with / without);
  }

  private static double size(WarmTenants warm) {
    return ChangelogSize.mean(
        warm.platform().bootstrapServers(), warm.ours().name() + "-recent-queries-changelog");
  }

  private List<String> row(String name, String target, long remembered) {
    progress.accept("asking for " + name);
    double first = ask(target);
    double[] millis = new double[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      millis[i] = ask(target);
    }
    Arrays.sort(millis);
    return List.of(
        name,
        String.format(Locale.ROOT, "%,d", remembered),
        millis(first),
        millis(Spread.percentile(millis, MIDDLE)),
        millis(Spread.percentile(millis, HIGH)));
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** How long an answer takes, milliseconds. */
  private double ask(String target) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(keeping.ours().told(Role.HTTP_URL) + target))
            .timeout(PATIENCE)
            .build();
    long start = System.nanoTime();
    HttpResponse<String> answer = HttpAsker.send(client, request);
    double millis = (System.nanoTime() - start) / 1e6;
    if (answer.statusCode() != OK || !answer.body().contains("\"complete\":true")) {
      throw new IllegalStateException(
          "expected 200 and a complete list, found %d: %s"
              .formatted(answer.statusCode(), answer.body()));
    }
    return millis;
  }
}
