package dev.hyperflow.models;

import dev.hyperflow.models.Manifest.EncoderReference;
import dev.hyperflow.models.device.DeviceModels;
import dev.hyperflow.models.onnx.Messages;
import dev.hyperflow.models.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Loads one bundle: reads, verifies every hash, opens every model, and lets it prove itself. */
final class BundleLoader {

  private static final int ID_DIGITS = 12;
  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  private final String location;
  private final BundleOptions options;

  BundleLoader(String location, BundleOptions options) {
    this.location = location;
    this.options = options;
  }

  Bundle load() {
    try (BundleSource source = BundleSource.of(location)) {
      ByteBuffer manifestFile = source.read(Manifest.FILE);
      Check.range(Manifest.FILE + " bytes", 1, MAX_MANIFEST_BYTES, manifestFile.remaining());
      byte[] json = heapCopy(manifestFile);
      Manifest manifest = ManifestJson.read(json);
      Map<String, ByteBuffer> files = new TreeMap<>();
      for (Map.Entry<String, String> file : manifest.files().entrySet()) {
        files.put(file.getKey(), verified(source, file.getKey(), file.getValue()));
      }
      String id = manifest.name() + "@" + Sha256.of(json).substring(0, ID_DIGITS);
      return new Bundle(id, manifest, open(manifest, files, source));
    } catch (NoSuchFileException e) {
      throw refusal("expected file " + Messages.oneLine(e) + ", found none", e);
    } catch (IOException e) {
      throw refusal("expected readable files, found: " + Messages.oneLine(e.toString()), e);
    } catch (IllegalArgumentException | BundleException e) {
      throw refusal(Messages.oneLine(e), e);
    } catch (RuntimeException | LinkageError e) {
      // Nobody foresaw it, or a native library is missing: still one line for whoever starts this.
      throw refusal("expected to load, found: " + Messages.oneLine(e), e);
    }
  }

  private Bundle.Parts open(Manifest manifest, Map<String, ByteBuffer> files, BundleSource source)
      throws IOException {
    OnnxRuntime runtime = OnnxRuntime.start(options);
    OnnxRuntime processor = runtime.onProcessor();
    ByteBuffer drift = files.get(Manifest.DRIFT);
    // A drift field that does not open is a broken bundle, even if serving never needs it.
    runtime.openDriftField(manifest, drift).close();
    DeviceModels models = new DeviceModels(runtime.device(), options.policy());
    ByteBuffer integrate = files.get(Manifest.INTEGRATE);
    HeadIntegrator integrator =
        models.integrator(
            () -> runtime.openIntegrator(manifest, integrate, options.warmUp()),
            () -> processor.openIntegrator(manifest, integrate, options.warmUp()));
    try {
      Optional<EncoderReference> reference =
          manifest.encoderReference().filter(wanted -> options.loadEncoder());
      Optional<Encoder> encoder = Optional.empty();
      if (reference.isPresent()) {
        encoder = Optional.of(openEncoder(models, runtime, processor, reference.get(), source));
      }
      return new Bundle.Parts(
          models::state, integrator, encoder, () -> runtime.openDriftField(manifest, drift));
    } catch (Throwable e) {
      try (integrator) {
        throw e;
      }
    }
  }

  private static Encoder openEncoder(
      DeviceModels models,
      OnnxRuntime runtime,
      OnnxRuntime processor,
      EncoderReference reference,
      BundleSource source)
      throws IOException {
    byte[] tokenizer =
        heapCopy(verified(source, reference.tokenizer(), reference.tokenizerSha256()));
    ByteBuffer model = verified(source, reference.model(), reference.modelSha256());
    return models.encoder(
        () -> runtime.openEncoder(reference, model, tokenizer),
        () -> processor.openEncoder(reference, model, tokenizer));
  }

  private static ByteBuffer verified(BundleSource source, String file, String sha256)
      throws IOException {
    ByteBuffer content = source.readLocation(file);
    String found = Sha256.of(content);
    if (!found.equals(sha256)) {
      throw new BundleException("%s: expected SHA-256 %s, found %s".formatted(file, sha256, found));
    }
    return content;
  }

  private static byte[] heapCopy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private BundleException refusal(String message, Throwable cause) {
    return new BundleException("bundle " + location + ": " + message, cause);
  }
}
