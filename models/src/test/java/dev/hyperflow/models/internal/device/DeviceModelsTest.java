package dev.hyperflow.models.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.DevicePolicy.Merge;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.LoggedEvents;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeviceModelsTest {

  private static final DevicePolicy DEFAULTS = DevicePolicy.defaults();
  private final FakeEncoder onDevice = new FakeEncoder();
  private final FakeEncoder onProcessor = new FakeEncoder();
  @RegisterExtension final LoggedEvents events = new LoggedEvents(DeviceModels.class);

  @Test
  void shouldStayOutOfTheWayOnTheProcessor() {
    // Given
    DeviceModels models = new DeviceModels(Device.cpu(), List.of("cpu"), options(DEFAULTS));
    FakeIntegrator integrator = new FakeIntegrator();

    // Then
    assertThat(models.encoder(List.of(() -> onDevice), DeviceModelsTest::notWanted))
        .isSameAs(onDevice);
    assertThat(models.integrator(List.of(() -> integrator), () -> null)).isSameAs(integrator);
    ModelState untouched = new ModelState("cpu", Device.Kind.CPU, 0, 0, 0, 0, 0, Optional.empty());
    assertThat(models.state())
        .isEqualTo(new DeviceState(Device.cpu(), List.of(untouched), List.of(untouched)));
  }

  @Test
  void shouldMergeOnTheProcessorWhenToldTo() {
    // Given
    DeviceModels models =
        new DeviceModels(Device.cpu(), List.of("cpu"), options(DEFAULTS.withMerge(Merge.ON)));
    HeadIntegrator integrator = models.integrator(List.of(FakeIntegrator::new), () -> null);
    try (Encoder encoder = models.encoder(List.of(() -> onDevice), DeviceModelsTest::notWanted)) {
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
      assertThat(models.state().encoder().get(0).requests()).isEqualTo(1);
      assertThat(models.state().encoder().get(0).runs()).isEqualTo(1);
    }
    integrator.close();
    assertThat(onDevice.closed).isTrue();
  }

  @Test
  void shouldFallBackFromCudaAndSayIt() {
    // Given
    DeviceModels models =
        new DeviceModels(Device.cuda(), List.of("cuda:0"), options(tripping(Merge.AUTO, 2)));
    models.integrator(List.of(FakeIntegrator::new), FakeIntegrator::new);
    try (Encoder encoder = models.encoder(List.of(() -> onDevice), () -> onProcessor)) {
      onDevice.broken = true;

      // When
      float[][] vectors = encoder.encode(List.of("a", "to", "all"));

      // Then
      assertThat(vectors).isDeepEqualTo(new float[][] {{1}, {2}, {3}});
      DeviceState state = models.state();
      assertThat(state.device()).isEqualTo(Device.cuda());
      assertThat(state.integrator().get(0).inUse()).isEqualTo(Device.Kind.CUDA);
      assertThat(state.encoder().get(0))
          .isEqualTo(
              new ModelState(
                  "cuda:0", Device.Kind.CPU, 1, 1, 2, 4, 1, Optional.of("CUDA out of memory")));
    }
    assertThat(onDevice.closed).isTrue();
    assertThat(onProcessor.closed).isTrue();
  }

  @Test
  void shouldGoOnWhenADriverDisappearsAndMoveThatLaneAlone() {
    // Given two cards, and calls that find both idle
    FakeEncoder second = new FakeEncoder();
    DeviceModels models =
        new DeviceModels(
            Device.cuda(), List.of("cuda:0", "cuda:1"), options(tripping(Merge.AUTO, 1)));
    models.integrator(List.of(FakeIntegrator::new, FakeIntegrator::new), FakeIntegrator::new);
    try (Encoder encoder =
        models.encoder(List.of(() -> onDevice, () -> second), () -> onProcessor)) {
      assertThat(encoder.encode(List.of("a"))).isDeepEqualTo(new float[][] {{1}});
      assertThat(onDevice.thread).isEqualTo("hyperflow-device-cuda:0");

      // When the driver of the first is gone
      onDevice.broken = true;
      assertThat(encoder.encode(List.of("to"))).isDeepEqualTo(new float[][] {{2}});
      onDevice.thread = null;
      assertThat(encoder.encode(List.of("all"))).isDeepEqualTo(new float[][] {{3}});

      // Then its lane has the processor, on its own thread, and the other lane its card
      assertThat(onDevice.thread).isNull();
      assertThat(onProcessor.thread).isEqualTo("hyperflow-device-cuda:0");
      assertThat(models.state().encoder())
          .extracting(ModelState::lane, ModelState::inUse, ModelState::trips)
          .containsExactly(
              tuple("cuda:0", Device.Kind.CPU, 1L), tuple("cuda:1", Device.Kind.CUDA, 0L));
      assertThat(models.state().integrator())
          .extracting(ModelState::inUse)
          .containsOnly(Device.Kind.CUDA);
    }
    assertThat(onDevice.closed).isTrue();
    assertThat(second.closed).isTrue();
    assertThat(onProcessor.closed).isTrue();
  }

  @Test
  void shouldNotMergeOnCudaWhenToldNotTo() {
    // Given
    DevicePolicy policy = tripping(Merge.OFF, 0);
    DeviceModels models = new DeviceModels(Device.cuda(), List.of("cuda:0"), options(policy));
    Encoder encoder = models.encoder(List.of(() -> onDevice), DeviceModelsTest::notWanted);

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
    DeviceModels models = new DeviceModels(Device.cuda(), List.of("cuda:0"), options(DEFAULTS));

    // Then
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(
            () ->
                models.encoder(
                    List.of(() -> onDevice),
                    () -> {
                      throw new BundleException("encoder.onnx: found nothing");
                    }));
    assertThat(onDevice.closed).isTrue();
  }

  @Test
  void shouldLeaveACardOutThatCannotLoadAModelAndSayIt() {
    // Given two cards, of which the first has no memory left for the encoder
    DeviceModels models =
        new DeviceModels(
            Device.cuda(),
            List.of("cuda:0", "cuda:1"),
            options(DEFAULTS).withDevice(DeviceChoice.AUTO));
    models.integrator(List.of(FakeIntegrator::new, FakeIntegrator::new), FakeIntegrator::new);
    try (Encoder encoder =
        models.encoder(List.of(DeviceModelsTest::noMemory, () -> onDevice), () -> onProcessor)) {
      // When
      assertThat(encoder.encode(List.of("a"))).isDeepEqualTo(new float[][] {{1}});

      // Then the other card has the call, not the processor
      assertThat(onDevice.thread).isEqualTo("hyperflow-device-cuda:1");
      assertThat(onProcessor.thread).isNull();
      assertThat(models.state().device()).isEqualTo(Device.cuda());
      assertThat(models.state().encoder())
          .extracting(ModelState::lane, ModelState::inUse, ModelState::failures)
          .containsExactly(
              tuple("cuda:0", Device.Kind.CPU, 0L), tuple("cuda:1", Device.Kind.CUDA, 0L));
      assertThat(models.state().integrator())
          .extracting(ModelState::inUse)
          .containsOnly(Device.Kind.CUDA);
      assertThat(events.loud())
          .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
          .containsExactly(
              tuple(
                  Level.WARN,
                  "DEVICE cuda:0 CANNOT LOAD A MODEL, encoder runs on other cards:"
                      + " encoder.onnx: CUDA out of memory"));
    }
    assertThat(onDevice.closed).isTrue();
    assertThat(onProcessor.closed).isTrue();
  }

  @Test
  void shouldStartOnTheProcessorThoughItIsNoFallbackLater() {
    // Given
    DeviceModels models =
        new DeviceModels(
            Device.cuda(),
            List.of("cuda:0"),
            options(tripping(Merge.AUTO, 0)).withDevice(DeviceChoice.AUTO));

    // Then
    assertThat(models.encoder(List.of(DeviceModelsTest::noMemory), () -> onProcessor))
        .isSameAs(onProcessor);
    assertThat(models.integrator(List.of(FakeIntegrator::new), () -> null).maxLabels())
        .isEqualTo(7);
  }

  @Test
  void shouldNotStartWithoutTheCardThatIsDemanded() {
    // Given
    DeviceModels models =
        new DeviceModels(
            Device.cuda(),
            List.of("cuda:0", "cuda:1"),
            options(DEFAULTS).withDevice(DeviceChoice.CUDA));

    // Then
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(
            () ->
                models.encoder(
                    List.of(() -> onDevice, DeviceModelsTest::noMemory),
                    DeviceModelsTest::notWanted))
        .withMessage("encoder.onnx: CUDA out of memory");
    assertThat(onDevice.closed).isTrue();
    assertThat(events.loud()).isEmpty();
  }

  @Test
  void shouldBlameNoCardForAModelThatOpensNowhere() {
    // Given
    DeviceModels models =
        new DeviceModels(
            Device.cuda(), List.of("cuda:0"), options(DEFAULTS).withDevice(DeviceChoice.AUTO));

    // Then
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(
            () ->
                models.encoder(
                    List.of(DeviceModelsTest::noMemory),
                    () -> {
                      throw new BundleException("encoder.onnx: found nothing");
                    }))
        .withMessage("encoder.onnx: found nothing")
        .satisfies(e -> assertThat(e).hasSuppressedException(noMemoryException()));
    assertThat(events.loud()).isEmpty();
  }

  private static DevicePolicy tripping(Merge merge, int failures) {
    return new DevicePolicy(merge, 256, 0, failures, 0);
  }

  private static BundleOptions options(DevicePolicy policy) {
    return BundleOptions.defaults().withPolicy(policy);
  }

  private static Encoder noMemory() {
    throw noMemoryException();
  }

  private static BundleException noMemoryException() {
    return new BundleException("encoder.onnx: CUDA out of memory");
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
