package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import ch.qos.logback.classic.Level;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.LoggedEvents;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeviceSelectorTest {

  private static final DeviceSelector WITH_CUDA = new DeviceSelector(o -> Optional.empty());
  private static final DeviceSelector WITHOUT_CUDA =
      new DeviceSelector(o -> Optional.of("libcublas.so.12 is missing"));

  @RegisterExtension final LoggedEvents events = new LoggedEvents(DeviceSelector.class);

  @Test
  void shouldUseWhatIsAskedForAndThere() {
    assertThat(WITH_CUDA.select(options(DeviceChoice.CUDA))).isEqualTo(Device.cuda());
    assertThat(WITH_CUDA.select(options(DeviceChoice.AUTO))).isEqualTo(Device.cuda());
    assertThat(WITH_CUDA.select(options(DeviceChoice.CPU))).isEqualTo(Device.cpu());
  }

  @Test
  void shouldFallBackWithOneWarningAndAReason() {
    // When
    Device device = WITHOUT_CUDA.select(options(DeviceChoice.AUTO));

    // Then
    assertThat(device.kind()).isEqualTo(Device.Kind.CPU);
    assertThat(device.fallbackReason()).contains("libcublas.so.12 is missing");
    assertThat(events.loud())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(event.getFormattedMessage()).contains("libcublas.so.12 is missing");
            });
  }

  @Test
  void shouldRefuseToStartWithoutTheCudaThatWasDemanded() {
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> WITHOUT_CUDA.select(options(DeviceChoice.CUDA)))
        .withMessageContaining("expected cuda to be usable")
        .withMessageContaining("libcublas.so.12 is missing");
  }

  @Test
  void shouldAskTheRealRuntime() {
    // Given a runtime without CUDA
    SessionFactory.environment();
    Assumptions.assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "this runtime was built with CUDA; what happens then depends on the machine");

    // Then
    Device device = DeviceSelector.ofRuntime().select(options(DeviceChoice.AUTO));
    assertThat(device.kind()).isEqualTo(Device.Kind.CPU);
    assertThat(device.fallbackReason().orElseThrow()).contains("onnxruntime_providers_cuda");
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> DeviceSelector.ofRuntime().select(options(DeviceChoice.CUDA)))
        .withMessageContaining(device.fallbackReason().orElseThrow());
  }

  private static BundleOptions options(DeviceChoice choice) {
    return BundleOptions.defaults().withDevice(choice);
  }
}
