package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.DevicePolicy.Merge;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceModelsTest {

  private static final DevicePolicy DEFAULTS = DevicePolicy.defaults();
  private final FakeEncoder onDevice = new FakeEncoder();
  private final FakeEncoder onProcessor = new FakeEncoder();

  @Test
  void shouldStayOutOfTheWayOnTheProcessor() {
    // Given
    DeviceModels models = new DeviceModels(Device.cpu(), DEFAULTS);
    FakeIntegrator integrator = new FakeIntegrator();

    // Then
    assertThat(models.encoder(() -> onDevice, DeviceModelsTest::notWanted)).isSameAs(onDevice);
    assertThat(models.integrator(() -> integrator, () -> null)).isSameAs(integrator);
    ModelState untouched = new ModelState(Device.Kind.CPU, 0, 0, 0, 0, 0, Optional.empty());
    assertThat(models.state())
        .isEqualTo(new DeviceState(Device.cpu(), untouched, Optional.of(untouched)));
  }

  @Test
  void shouldMergeOnTheProcessorWhenToldTo() {
    // Given
    DeviceModels models = new DeviceModels(Device.cpu(), DEFAULTS.withMerge(Merge.ON));
    HeadIntegrator integrator = models.integrator(FakeIntegrator::new, () -> null);
    try (Encoder encoder = models.encoder(() -> onDevice, DeviceModelsTest::notWanted)) {
      // When
      float[][] vectors = encoder.encode(List.of("a", "four"));

      // Then
      assertThat(vectors).isDeepEqualTo(new float[][] {{1}, {4}});
      assertThat(encoder.id()).isEqualTo(onDevice.id());
      assertThat(encoder.dimension()).isEqualTo(1);
      assertThat(integrator.maxLabels()).isEqualTo(7);
      assertThat(integrator.maxExamples()).isEqualTo(70);
      assertThat(integrator.integrate(List.of())).isEmpty();
      assertThat(onDevice.thread).isEqualTo("hyperflow-device-cpu");
      assertThat(models.state().encoder().orElseThrow().requests()).isEqualTo(1);
      assertThat(models.state().encoder().orElseThrow().runs()).isEqualTo(1);
    }
    integrator.close();
    assertThat(onDevice.closed).isTrue();
  }

  @Test
  void shouldFallBackFromCudaAndSayIt() {
    // Given
    DeviceModels models = new DeviceModels(Device.cuda(), DEFAULTS.withBreakerFailures(2));
    models.integrator(FakeIntegrator::new, FakeIntegrator::new);
    try (Encoder encoder = models.encoder(() -> onDevice, () -> onProcessor)) {
      onDevice.broken = true;

      // When
      float[][] vectors = encoder.encode(List.of("a", "to", "all"));

      // Then
      assertThat(vectors).isDeepEqualTo(new float[][] {{1}, {2}, {3}});
      DeviceState state = models.state();
      assertThat(state.device()).isEqualTo(Device.cuda());
      assertThat(state.integrator().inUse()).isEqualTo(Device.Kind.CUDA);
      assertThat(state.encoder().orElseThrow())
          .isEqualTo(
              new ModelState(Device.Kind.CPU, 1, 1, 2, 4, 1, Optional.of("CUDA out of memory")));
    }
    assertThat(onDevice.closed).isTrue();
    assertThat(onProcessor.closed).isTrue();
  }

  @Test
  void shouldNotMergeOnCudaWhenToldNotTo() {
    // Given
    DevicePolicy policy = DEFAULTS.withMerge(Merge.OFF).withBreakerFailures(0);
    DeviceModels models = new DeviceModels(Device.cuda(), policy);
    Encoder encoder = models.encoder(() -> onDevice, DeviceModelsTest::notWanted);

    // When
    encoder.encode(List.of("a"));

    // Then
    assertThat(onDevice.thread).isEqualTo(Thread.currentThread().getName());
    onDevice.broken = true;
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> encoder.encode(List.of("a")))
        .withMessage("CUDA out of memory");
  }

  @Test
  void shouldCloseWhatIsOpenWhenTheFallbackDoesNotOpen() {
    // Given
    DeviceModels models = new DeviceModels(Device.cuda(), DEFAULTS);

    // Then
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(
            () ->
                models.encoder(
                    () -> onDevice,
                    () -> {
                      throw new BundleException("encoder.onnx: found nothing");
                    }));
    assertThat(onDevice.closed).isTrue();
  }

  private static Encoder notWanted() {
    throw new AssertionError("expected no fallback");
  }

  /** The vector of a text is its length. */
  private static final class FakeEncoder implements Encoder {
    private volatile boolean broken;
    private volatile boolean closed;
    private volatile String thread;

    @Override
    public String id() {
      return "fake@1";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public float[][] encode(List<String> texts) {
      thread = Thread.currentThread().getName();
      if (broken) {
        throw new ModelException("CUDA out of memory");
      }
      return texts.stream().map(text -> new float[] {text.length()}).toArray(float[][]::new);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Integrates nothing. */
  private static final class FakeIntegrator implements HeadIntegrator {
    @Override
    public int maxLabels() {
      return 7;
    }

    @Override
    public int maxExamples() {
      return 70;
    }

    @Override
    public List<Integration> integrate(List<SupportSet> tasks) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
