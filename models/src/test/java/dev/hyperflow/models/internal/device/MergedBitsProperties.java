package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.TestBundles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What the owner thread merges has the bits of a direct call on the caller's thread. */
class MergedBitsProperties {

  private static final int CALLERS = 8;
  private static final HeadIntegrator INTEGRATOR = TestBundles.SHIPPED.integrator();
  private static final Encoder ENCODER = TestBundles.SHIPPED.encoder().orElseThrow();

  /** jqwik prints the seed of a failing run. */
  @Property(tries = 10)
  void shouldNotChangeABitOfAHead(
      @ForAll @LongRange(max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 64) int largestBatch,
      @ForAll @IntRange(max = 2_000) int longestWaitMicros)
      throws Exception {
    // Given requests of one to five tasks of many shapes
    Random random = new Random(seed);
    List<List<SupportSet>> requests = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<SupportSet> tasks = new ArrayList<>();
      for (int task = 0, count = 1 + random.nextInt(5); task < count; task++) {
        int labels = 1 + random.nextInt(random.nextInt(4) == 0 ? 70 : 12);
        tasks.add(Fixtures.supportSet(random, 32, labels, labels + random.nextInt(40)));
      }
      requests.add(tasks);
    }
    DeviceModels models = merged(largestBatch, longestWaitMicros);
    HeadIntegrator merging = models.integrator(List.of(() -> INTEGRATOR), () -> INTEGRATOR);

    // When many threads hand them in
    List<Callable<List<Integration>>> calls = new ArrayList<>();
    requests.forEach(tasks -> calls.add(() -> merging.integrate(tasks)));
    List<List<Integration>> results = callAll(calls);

    // Then
    for (int i = 0; i < requests.size(); i++) {
      assertThat(results.get(i)).isEqualTo(INTEGRATOR.integrate(requests.get(i)));
    }
    assertThat(models.state().integrator().get(0).requests()).isEqualTo(requests.size());
    assertThat(models.state().integrator().get(0).runs()).isBetween(1L, (long) requests.size());
  }

  @Property(tries = 3)
  void shouldNotChangeABitOfAVector(@ForAll @LongRange(max = Integer.MAX_VALUE) long seed)
      throws Exception {
    // Given
    Random random = new Random(seed);
    List<List<String>> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      requests.add(List.of("card " + random.nextInt(), "late ".repeat(1 + random.nextInt(30))));
    }
    DeviceModels models = merged(16, 500);
    Encoder merging = models.encoder(List.of(() -> ENCODER), () -> ENCODER);

    // When
    List<Callable<float[][]>> calls = new ArrayList<>();
    requests.forEach(texts -> calls.add(() -> merging.encode(texts)));
    List<float[][]> results = callAll(calls);

    // Then
    for (int i = 0; i < requests.size(); i++) {
      assertThat(results.get(i)).isDeepEqualTo(ENCODER.encode(requests.get(i)));
    }
  }

  /** The decorated models are not closed, as the bundle under them is shared by all tests. */
  private static DeviceModels merged(int largestBatch, int longestWaitMicros) {
    return new DeviceModels(
        Device.cpu(),
        List.of("cpu"),
        BundleOptions.defaults()
            .withPolicy(
                new DevicePolicy(DevicePolicy.Merge.ON, largestBatch, longestWaitMicros, 3, 0)));
  }

  private static <T> List<T> callAll(List<Callable<T>> calls) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> call : callers.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    } finally {
      callers.shutdownNow();
    }
  }
}
