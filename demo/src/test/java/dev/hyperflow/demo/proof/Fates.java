package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * What a process says became of the records that it read.
 *
 * @param ignored with a reason
 * @param refused with a reason
 * @param encoded texts that the encoder was given
 */
record Fates(long records, long answered, long applied, long ignored, long refused, long encoded) {

  /** Asks the process that serves HTTP on a port of this machine. */
  static Fates of(int port) throws IOException, InterruptedException {
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return new Fates(
        sum(metrics, "hyperflow_records_total"),
        sum(metrics, "hyperflow_answers_total"),
        sum(metrics, "hyperflow_events_applied_total"),
        sum(metrics, "hyperflow_events_ignored_total"),
        sum(metrics, "hyperflow_dead_letters_total"),
        sum(metrics, "hyperflow_encode_texts_total"));
  }

  /** The sum of a counter over its tags. */
  private static long sum(String metrics, String name) {
    return (long)
        metrics
            .lines()
            .filter(line -> line.startsWith(name + "{"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  /**
   * Every record that was sent has one fate. A process that had to read records again, because it
   * was too slow for its group, counted those twice and is not judged.
   */
  void requireOneOfEvery(Sender sent) {
    assertThat(records).as("records read").isGreaterThanOrEqualTo(sent.sent());
    if (records == sent.sent()) {
      assertThat(answered).as("answered").isEqualTo(sent.queries().size());
      assertThat(refused).as("refused").isEqualTo(sent.broken().size());
      assertThat(answered + applied + ignored + refused).as("fates: %s", this).isEqualTo(records);
    }
  }
}
