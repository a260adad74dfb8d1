package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void shouldGiveTheSameBitsOnManyThreads() throws Exception {
    // Given tasks of several shapes, so that buffers change hands between them
    Random random = new Random(31);
    HeadIntegrator integrator = TestBundles.SHIPPED.integrator();
    List<SupportSet> tasks = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      tasks.add(Fixtures.supportSet(random, 32, 2 + i % 5, 10 + i));
    }
    List<Integration> expected = integrator.integrate(tasks);

    // When
    List<Callable<Integration>> calls = new ArrayList<>();
    for (int i = 0; i < 480; i++) {
      SupportSet task = tasks.get(i % tasks.size());
      calls.add(() -> integrator.integrate(List.of(task)).get(0));
    }
    List<Future<Integration>> results = threads.invokeAll(calls);

    // Then
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get()).isEqualTo(expected.get(i % tasks.size()));
    }
  }

  @Test
  void shouldFinishOrRefuseCallsWhileClosing() throws Exception {
    // Given
    SupportSet task = Fixtures.supportSet(new Random(32), 384, 20, 100);
    Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, BundleOptions.defaults());
    Integration expected = bundle.integrator().integrate(List.of(task)).get(0);

    // When closed in the middle of many calls
    List<Future<Integration>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(threads.submit(() -> integrateUnlessClosed(bundle, task)));
    }
    assertThat(calls.get(0).get()).isEqualTo(expected);
    bundle.close();

    // Then every call gave the right head or was refused, and later ones are refused
    for (Future<Integration> call : calls) {
      assertThat(call.get()).isIn(expected, null);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> bundle.integrator().integrate(List.of(task)))
        .withMessage("integrate.onnx is closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> bundle.encoder().orElseThrow().encode(List.of("late")))
        .withMessage("tokenizer is closed");
    bundle.close();
  }

  private static Integration integrateUnlessClosed(Bundle bundle, SupportSet task) {
    try {
      return bundle.integrator().integrate(List.of(task)).get(0);
    } catch (IllegalStateException closed) {
      return null;
    }
  }
}
