package dev.hyperflow.models.internal.bundle;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.device.DeviceModels;
import dev.hyperflow.models.internal.onnx.EncoderFiles;
import dev.hyperflow.models.internal.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Loads one bundle: reads, verifies every hash, opens every model, and lets it prove itself. */
final class BundleLoader {

  private final String location;
  private final BundleOptions options;

  BundleLoader(String location, BundleOptions options) {
    this.location = location;
    this.options = options;
  }

  Bundle load() {
    return BundleFiles.from(
        location,
        source -> {
          BundleFiles files = BundleFiles.read(source);
          return new Bundle(files.id(), files.manifest(), open(files, source));
        });
  }

  private Bundle.Parts open(BundleFiles files, BundleSource source) throws IOException {
    Manifest manifest = files.manifest();
    OnnxRuntime runtime = OnnxRuntime.start(options);
    OnnxRuntime processor = runtime.onProcessor();
    // A drift field that does not open is a broken bundle, even if serving never needs it.
    processor.openDriftField(manifest, files.drift()).close();
    List<OnnxRuntime> lanes = runtime.lanes();
    DeviceModels models =
        new DeviceModels(runtime.device(), lanes.stream().map(OnnxRuntime::lane).toList(), options);
    ByteBuffer integrate = files.integrate();
    HeadIntegrator integrator =
        models.integrator(
            on(lanes, lane -> lane.openIntegrator(manifest, integrate, options.warmUp())),
            () -> processor.openIntegrator(manifest, integrate, options.warmUp()));
    try {
      Optional<EncoderReference> reference =
          manifest.encoderReference().filter(wanted -> options.loadEncoder());
      Optional<Encoder> encoder = Optional.empty();
      if (reference.isPresent()) {
        encoder = Optional.of(openEncoder(models, lanes, processor, reference.get(), source));
      }
      return new Bundle.Parts(models::state, integrator, encoder);
    } catch (Throwable e) {
      try (integrator) {
        throw e;
      }
    }
  }

  private static Encoder openEncoder(
      DeviceModels models,
      List<OnnxRuntime> lanes,
      OnnxRuntime processor,
      EncoderReference reference,
      BundleSource source)
      throws IOException {
    EncoderFiles files = BundleFiles.encoderFiles(reference, source);
    return models.encoder(
        on(lanes, lane -> lane.openEncoder(reference, files)),
        () -> processor.openEncoder(reference, files));
  }

  private static <T> List<Supplier<T>> on(
      List<OnnxRuntime> lanes, Function<OnnxRuntime, T> opener) {
    return lanes.stream().<Supplier<T>>map(lane -> () -> opener.apply(lane)).toList();
  }
}
