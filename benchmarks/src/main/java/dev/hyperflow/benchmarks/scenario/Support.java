package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.DirectProducer;
import dev.hyperflow.benchmarks.load.RecordMaker;

/**
 * The support sets that tenants have before anything is measured.
 *
 * @param labels labels of a tenant
 * @param examplesPerLabel examples of each
 */
record Support(int labels, int examplesPerLabel) {
  private static final int LINGER_MILLIS = 5;

  /** Examples of a tenant. */
  int examples() {
    return labels * examplesPerLabel;
  }

  /**
   * Gives tenants 0 to {@code tenants - 1} their examples and waits until the application has them.
   *
   * @return support events per second, from the first one sent to the last one committed
   */
  double load(Platform platform, Application application, RecordMaker maker, int tenants) {
    long start = System.nanoTime();
    try (DirectProducer producer = new DirectProducer(platform.bootstrapServers(), LINGER_MILLIS)) {
      for (int tenant = 0; tenant < tenants; tenant++) {
        for (int i = 0; i < examples(); i++) {
          producer.send(
              maker.example(
                  application.support(),
                  tenant,
                  "example-" + i,
                  "label-" + i % labels,
                  tenant * examples() + i));
        }
      }
      producer.flush();
    }
    application.awaitSupport();
    return (double) tenants * examples() * 1e9 / (System.nanoTime() - start);
  }
}
