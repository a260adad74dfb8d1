package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether models run on CUDA or on the processor. */
final class DeviceSelector {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceSelector.class);

  private final Function<BundleOptions, Optional<String>> whyNotCuda;

  /**
   * @param whyNotCuda says why CUDA cannot be used; empty if it can
   */
  DeviceSelector(Function<BundleOptions, Optional<String>> whyNotCuda) {
    this.whyNotCuda = whyNotCuda;
  }

  /** A selector that tries CUDA with ONNX Runtime each time it is asked. */
  static DeviceSelector ofRuntime() {
    return new DeviceSelector(DeviceSelector::tryCuda);
  }

  Device select(BundleOptions options) {
    return switch (options.device()) {
      case CPU -> Device.cpu();
      case CUDA -> {
        whyNotCuda
            .apply(options)
            .ifPresent(
                reason -> {
                  throw new BundleException(
                      "device: expected cuda to be usable, found: %s (device = auto falls back to the processor)"
                          .formatted(reason));
                });
        yield Device.cuda();
      }
      case AUTO -> whyNotCuda.apply(options).map(this::fallBack).orElseGet(Device::cuda);
    };
  }

  private Device fallBack(String reason) {
    LOG.atWarn()
        .addKeyValue("reason", reason)
        .log("CUDA CANNOT BE USED, models run on the processor: {}", reason);
    return Device.cpuBecause(reason);
  }

  /** The list of providers only says what was compiled in, so try it. */
  private static Optional<String> tryCuda(BundleOptions options) {
    SessionFactory.environment();
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return Optional.of(
          "ONNX Runtime without the library onnxruntime_providers_cuda"
              + " (build with the Maven profile cuda)");
    }
    for (int id : options.cuda().deviceIds()) {
      try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
        SessionFactory.addCuda(settings, options.cuda().withDeviceIds(List.of(id)));
      } catch (OrtException | LinkageError e) {
        return Optional.of("card %d: %s".formatted(id, Messages.oneLine(e)));
      }
    }
    return Optional.empty();
  }
}
