package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.PredictionFeed;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of the HTTP API, each of which asks again when it is answered. */
final class HttpAsker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String tenants;
  private final String examples;
  private final List<Query> queries;
  private final double[] millis;
  private final AtomicInteger next = new AtomicInteger();

  private HttpAsker(WarmTenants warm, List<Query> queries) {
    this.tenants = warm.ours().told(Role.HTTP_URL) + "api/v1/tenants/";
    this.examples = "\"examples\":" + warm.examples() + ",";
    this.queries = queries;
    this.millis = new double[queries.size()];
  }

  /**
   * What came of it.
   *
   * @param perSecond answers per second, of all clients
   * @param latency how long answers took
   */
  record Answers(double perSecond, HttpScenario.Latency latency) {}

  /**
   * Asks all queries, shared out among clients.
   *
   * @throws IllegalStateException when one is not answered from all examples
   */
  static Answers ask(WarmTenants warm, int clients, List<Query> queries) {
    HttpAsker asker = new HttpAsker(warm, queries);
    double seconds = Workers.run(clients, asker::run) / 1e9;
    return new Answers(queries.size() / seconds, HttpScenario.Latency.of(asker.millis));
  }

  private void run() {
    for (int i = next.getAndIncrement(); i < millis.length; i = next.getAndIncrement()) {
      Query query = queries.get(i);
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(tenants + PredictionFeed.tenant(query.tenant()) + "/predict"))
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(query.json()))
              .build();
      long start = System.nanoTime();
      HttpResponse<String> answer = send(client, request);
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (answer.statusCode() != OK || !answer.body().contains(examples)) {
        throw new IllegalStateException(
            "expected 200 and %s, found %d: %s"
                .formatted(examples, answer.statusCode(), answer.body()));
      }
    }
  }

  /**
   * Sends a request.
   *
   * @throws IllegalStateException when there is no answer
   */
  static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer over HTTP: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
